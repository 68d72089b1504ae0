"""The one place that touches PyAV: probe, decode, encode, mux, resample; and pictures in, subtitles out."""
