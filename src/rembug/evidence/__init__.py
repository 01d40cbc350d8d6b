"""Evidence: saved questions, their frozen answers, and arguments that rest on them."""
