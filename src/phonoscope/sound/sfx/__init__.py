"""Sound effects of our own: whooshes, bells, claps and clicks, each made as the real thing makes its sound."""
