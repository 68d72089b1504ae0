"""Our own templates: scene documents with variables, each in several shapes, as data in the package."""

from phonoscope.templates.library import FORMATS, Template, find_template, is_template, template_names, templates

__all__ = ["FORMATS", "Template", "find_template", "is_template", "template_names", "templates"]
