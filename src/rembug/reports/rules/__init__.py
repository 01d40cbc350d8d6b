"""Pure rules of reports: how true a report is, which reports are one happening, who checks next."""
