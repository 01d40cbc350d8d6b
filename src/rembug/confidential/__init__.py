"""What is told in confidence: a sealed report, a receipt, a dialogue. No other app knows this one."""
