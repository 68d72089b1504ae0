"""Speech to Performance: visemes, coarticulation, prosody, blinks, gaze and head. Pure curves, no pixels."""
