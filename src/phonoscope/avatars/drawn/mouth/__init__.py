"""The mouth of a drawn avatar: from a pose to the mouth's form, and from there to a picture of it."""
