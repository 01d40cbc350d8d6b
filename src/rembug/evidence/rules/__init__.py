"""What a question is, what its columns mean, how good an answer is: plain Python."""
