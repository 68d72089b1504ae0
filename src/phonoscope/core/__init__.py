"""The types that travel between the stages, time, errors and progress events. Imports nothing of ours."""
