"""Loops of our own to lie under a voice: compositions as data, synthesised instruments, a mix without a seam."""
