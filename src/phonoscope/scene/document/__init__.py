"""The scene document: a whole video as data that people can read and write (schema ``scene.1``)."""
