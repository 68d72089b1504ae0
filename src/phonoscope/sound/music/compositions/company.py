"""Loops for company: birthday, jazz."""

from __future__ import annotations

from phonoscope.sound.music.score import Beat, Composition, Figure, Melody, Part

BIRTHDAY = Composition(
    name="birthday",
    title="Paper Hats",
    description="A brass band of friends, piano, claps and tambourine",
    moods=("birthday", "party", "joyful"),
    key="D major",
    beat_samples=23_040,
    chords="D | G/D | D | A7 | Bm | G | Em7 A7 | D | G | A | F#m7 | Bm7 | Em7 | A7 | D G | A7",
    room="chamber",
    swing=0.2,
    parts=(
        Part(
            "piano",
            Figure("AAAB AAAB AAAA AABC", {"A": "..x...x.", "B": "..x.x.xx", "C": "x.x.x..."}, low=57, voices=4),
            -7,
            pan=-0.15,
            reverb=0.15,
        ),
        Part(
            "double bass",
            Figure("AAAB AABC AAAB AABC", {"A": "0 1 2 1", "B": "0 1 3 1", "C": "0 - 1 3"}, low=33, voices=1),
            -6,
            reverb=0.08,
        ),
        Part(
            "drums",
            Beat(
                "AAAB AAAC AAAB AAAD",
                {
                    "A": {"kick": "x...x...", "clap": "..x...x.", "tambourine": "xoxoxoxo"},
                    "B": {"kick": "x...x.x.", "clap": "..x...xx", "tambourine": "xoxoxoxo"},
                    "C": {"kick": "x...x...", "clap": "..x.x.x.", "tambourine": "xoxoxoxo", "crash": "o......."},
                    "D": {"kick": "x...x...", "clap": "..x.....", "snare": "..o.oxxx", "tambourine": "xoxo...."},
                },
            ),
            -8,
            reverb=0.12,
        ),
        Part(
            "clarinet",
            Melody(
                "F#5:1 D5:.5 E5:.5 F#5:.5 A5:1.5 | G5:1 B5:.5 A5:.5 G5:1 D5:1 |"
                "F#5:1 D5:.5 E5:.5 F#5:.5 D5:1.5 | E5:1.5 C#5:.5 A4:1 -:1 |"
                "D5:1 F#5:.5 A5:.5 B5:1 F#5:1 | G5:1 D5:.5 G5:.5 B5:1 A5:1 |"
                "G5:1 E5:1 C#5:1 E5:1 | D5:2 -:2 |"
                "-:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:4"
            ),
            -8,
            pan=0.15,
            reverb=0.2,
        ),
        Part(
            "brass",
            Melody(
                "-:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:2 D4+F#4:.5 E4+G4:.5 F#4+A4:1 |"
                "G4+B4:1.5 B4+D5:.5 D5:1 B4:1 | A4+C#5:1.5 C#5+E5:.5 E5:1 C#5:1 |"
                "A4+C#5:1 F#4+A4:.5 E4+A4:.5 A4+C#5:1 C#5+E5:1 | D5:1.5 C#5:.5 B4:1 -:1 |"
                "G4+B4:1 B4+D5:1 D5+G5:1 B4+E5:1 | A4+C#5:1 C#5+E5:1 E5+G5:1 C#5+E5:1 |"
                "F#5:.5 E5:.5 D5:1 B4+D5:.5 D5+G5:.5 B4+D5:1 | A4+C#5:1 E4+A4:1 C#5:.5 D5:.5 E5:1"
            ),
            -8,
            pan=-0.1,
            reverb=0.25,
        ),
        Part(
            "glockenspiel",
            Figure("...A ...B A.A. A.B.", {"A": "..2.3.4.", "B": "4.3.2.1."}, low=69, voices=3),
            -15,
            pan=0.3,
            reverb=0.25,
        ),
        Part("ukulele", Figure("AAAA AAAA AAAA AAAA", {"A": "d.du.udu"}, low=60, voices=4), -11, pan=0.4, reverb=0.15),
    ),
)

JAZZ = Composition(
    name="jazz",
    title="Corner Table",
    description="Vibraphone, piano, walking bass and brushes",
    moods=("jazz", "elegant", "evening"),
    key="Bb major",
    beat_samples=24_000,
    chords=("Bbmaj7 | Gm7 | Cm7 | F13 | Dm7 | G7b9 | Cm9 | F7b9 |Fm9 | Bb13 | Ebmaj7 | Ebm6 | Dm7 | G7b9 | Cm9 | F13"),
    room="studio",
    swing=0.3,
    parts=(
        Part(
            "double bass",
            Figure(
                "ABAC ABAC BABC ABAC",
                {"A": "0 3 1 3", "B": "0 1 2 1", "C": "0 3 1 4"},
                low=29,
                voices=1,
            ),
            -4,
            reverb=0.1,
        ),
        Part(
            "piano",
            Figure(
                "ABAC ABAD ABAC ABAD",
                {"A": "x..x ....", "B": "...x ..x.", "C": ".x.. x...", "D": "x..x ..x."},
                low=53,
                voices=4,
                dynamics="5455 5456 6566 6554",
            ),
            -7,
            pan=-0.25,
            reverb=0.2,
            looseness=1.3,
        ),
        Part(
            "vibraphone",
            Melody(
                "-:.5 F5:.5 D5:.5 F5:.5 A5:1.5 G5:.5 | F5:1 D5:.5 Bb4:1.5 -:1 |"
                "-:.5 G5:.5 Eb5:.5 C5:.5 Eb5:1 G5:1 | A5:1.5 F5:.5 D5:1 -:1 |"
                "-:.5 A5:.5 F5:.5 D5:.5 C5:1 F5:1 | Ab5:1.5 F5:.5 D5:.5 B4:.5 -:1 |"
                "-:.5 D5:.5 Eb5:.5 G5:.5 Bb5:1 G5:1 | A5:1 F#5:.5 Eb5:1.5 -:1 |"
                "-:1 G5:.5 Ab5:.5 C6:1 Ab5:1 | G5:1.5 D5:.5 F5:1 -:1 |"
                "-:.5 G5:.5 Bb5:.5 D6:.5 C6:.5 Bb5:.5 G5:1 | Gb5:1.5 Eb5:.5 C5:1 -:1 |"
                "-:.5 F5:.5 A5:.5 C6:.5 A5:1 F5:1 | F5:1 Ab5:.5 G5:.5 F5:.5 D5:.5 B4:1 |"
                "C5:.5 Eb5:.5 G5:.5 Bb5:.5 D6:1 Bb5:1 | A5:2 -:2"
            ),
            -7,
            pan=0.2,
            reverb=0.25,
        ),
        Part(
            "drums",
            Beat(
                "AAAB AAAB AAAB AAAC",
                {
                    "A": {"ride": "x..x.ox..x.o", "brush": "...x.....x..", "soft kick": "o.....o....."},
                    "B": {"ride": "x..x.ox..x.o", "brush": "...x.o...x.o", "soft kick": "o.....o....o"},
                    "C": {"ride": "x..x.ox.....", "brush": "...x.ox.xxox", "soft kick": "o.....o....."},
                },
            ),
            -10,
            reverb=0.12,
            looseness=0.8,
        ),
    ),
)

COMPANY = BIRTHDAY, JAZZ
