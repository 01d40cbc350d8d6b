"""One function a verb; the only files of this app that save."""
