"""Backup and restore: database, photos and keys, with a manifest that says what a whole one holds.

A folder of backups looks like this; `photos` is shared by all of them, so that each photo is kept once:

    2026-11-22T05-00-00Z/manifest.json    counts, root of the log, checksum of every file
    2026-11-22T05-00-00Z/database.*       SQLite file, or PostgreSQL's own archive format
    2026-11-22T05-00-00Z/keys/            secret-key, mask-key, confidential-key, audit-key (0600)
    2026-11-22T05-00-00Z/photos.json      path, checksum, size and time of each photo
    photos/ab/ab12…                       each file by its SHA-256
"""
