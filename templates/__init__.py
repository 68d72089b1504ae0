"""Makes the templates that come with the package: ``python -m templates``.

Each design in `templates.designs` gives a scene document for each shape; documents, thumbnails and the index are
written to ``src/phonoscope/assets/templates``.
"""
