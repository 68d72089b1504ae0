"""Videos that anybody may watch who has the link."""
