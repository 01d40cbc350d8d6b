"""What handlers see: each read takes the actor and stays inside the areas and bodies of their roles."""
