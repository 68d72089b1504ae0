"""Bright loops: upbeat, happy, playful, festive."""

from __future__ import annotations

from phonoscope.sound.music.score import Beat, Composition, Figure, Melody, Part

UPBEAT = Composition(
    name="upbeat",
    title="Open Windows",
    description="Bouncing synth pop with claps and a plucked tune",
    moods=("upbeat", "fresh", "energetic"),
    key="C major",
    beat_samples=24_000,
    chords="C | G/B | Am7 | F | C | G/B | Fadd9 | Gsus4 G | Am7 | Em7 | F | C/E | Dm7 | Am7 | F | G",
    room="chamber",
    parts=(
        Part(
            "drums",
            Beat(
                "ABAB ABAC ABAB ABAD",
                {
                    "A": {
                        "kick": "x...x...x...x...",
                        "clap": "....x.......x...",
                        "hat": "..x...x...x...x.",
                        "egg": "o.oxo.oxo.oxo.ox",
                    },
                    "B": {
                        "kick": "x...x...x..xx...",
                        "clap": "....x.......x...",
                        "hat": "..x...x...x...x.",
                        "egg": "o.oxo.oxo.oxo.ox",
                    },
                    "C": {
                        "kick": "x...x...x...x.x.",
                        "clap": "....x.......x..o",
                        "hat": "..x...x...x.....",
                        "open hat": "..............x.",
                    },
                    "D": {
                        "kick": "x...x...x.......",
                        "clap": "....x.....x.x.xx",
                        "tom": "............x.x.",
                        "low tom": "...............x",
                    },
                },
            ),
            -6,
            reverb=0.08,
            looseness=0.4,
        ),
        Part(
            "synth bass",
            Figure(
                "ABAB ABAC ABAB ABAC",
                {"A": "0-.0 ..0- 0-.0 2-0-", "B": "0-.0 ..0- 0-.0 1-3-", "C": "0-.0 ..0- 0-0- 2-1-"},
                low=33,
                voices=1,
            ),
            -6,
            reverb=0.02,
            looseness=0.5,
        ),
        Part(
            "muted guitar",
            Figure("AAAA AAAA AAAA AAAA", {"A": "0.12 .13. 0.12 .131"}, low=55, voices=4),
            -10,
            pan=-0.4,
            reverb=0.15,
        ),
        Part(
            "piano",
            Figure(
                "AAAA AAAB AAAA AAAB",
                {"A": "x-.x -.x- ..x- .x-.", "B": "x-.x -.x- x-x- x-x-"},
                low=55,
                voices=4,
                dynamics="5555 5555 7777 7777",
            ),
            -8,
            pan=0.1,
            reverb=0.15,
        ),
        Part("warm pad", Figure("CCCC CCCC CCCC CCCC", {"C": "c"}, low=53, voices=4), -12, reverb=0.3, breathing=0.5),
        Part(
            "synth pluck",
            Melody(
                "-:4 | -:4 | -:4 | -:4 |"
                "E5:.75 G5:.75 E5:.5 D5:1 C5:1 | D5:.75 G4:.75 B4:.5 D5:2 |"
                " C5:.75 A4:.75 C5:.5 G5:1 F5:1 | D5:1.5 C5:.5 B4:1 -:1 |"
                "E5:.75 A5:.75 G5:.5 E5:2 | D5:.75 G5:.75 E5:.5 B4:2 |"
                " C5:.75 F5:.75 G5:.5 A5:1 G5:1 | E5:1.5 G5:.5 C5:2 |"
                "D5:.75 F5:.75 A5:.5 G5:1 F5:1 | E5:.75 C5:.75 D5:.5 E5:2 |"
                " F5:1 G5:.5 A5:1 C6:.5 A5:1 | G5:1.5 D5:.5 B4:1 -:1"
            ),
            -8,
            pan=0.15,
            reverb=0.2,
            delay=0.3,
        ),
        Part(
            "glockenspiel",
            Figure(".... .... A.A. A.A.", {"A": "3.2. 1.2. 3... ...."}, low=72, voices=3),
            -17,
            pan=-0.2,
            reverb=0.3,
        ),
    ),
)

HAPPY = Composition(
    name="happy",
    title="Sunny Side Street",
    description="Ukulele, whistling and claps",
    moods=("happy", "carefree", "friendly"),
    key="G major",
    beat_samples=22_500,
    chords="G | D/F# | Em7 | C | G | Bm7 | C | D | Em | Bm7 | C | G/B | Am7 | D7 | G C | D7",
    room="studio",
    swing=0.12,
    swing_beats=0.5,
    parts=(
        Part(
            "ukulele",
            Figure(
                "AAAA AAAB AAAA AAAC",
                {"A": "d-du-udu", "B": "d-dud-D-", "C": "d-dudu.."},
                low=60,
                voices=4,
            ),
            -5,
            pan=-0.15,
            reverb=0.15,
        ),
        Part(
            "double bass",
            Figure("AAAA AAAB AAAA AAAB", {"A": "0-.. 1-..", "B": "0-.. 1-3-"}, low=31, voices=1),
            -7,
            reverb=0.08,
        ),
        Part(
            "drums",
            Beat(
                "AAAA AAAB AAAA AAAC",
                {
                    "A": {"soft kick": "x...x...", "clap": "..x...x.", "egg": "xoxoxoxo"},
                    "B": {"soft kick": "x...x.x.", "clap": "..x...xx", "egg": "xoxoxoxo", "tambourine": "......x."},
                    "C": {"soft kick": "x...x...", "clap": "..x.x.x.", "egg": "xoxoxo..", "tambourine": "....x.x."},
                },
            ),
            -8,
            reverb=0.12,
        ),
        Part(
            "whistle",
            Melody(
                "D5:.5 G5:.5 B5:1 A5:.5 G5:.5 A5:1 | F#5:.5 A5:1 F#5:.5 D5:2 |"
                " E5:.5 G5:.5 B5:1 A5:.5 G5:.5 E5:1 | G5:1.5 E5:.5 C5:1 -:1 |"
                "D5:.5 G5:.5 B5:1 D6:.5 B5:.5 A5:1 | F#5:.5 A5:.5 D6:1 B5:2 |"
                " C6:.5 B5:.5 A5:.5 G5:.5 E5:1 G5:1 | A5:2 -:2 |"
                "-:4 | -:4 | -:4 | -:4 |"
                "E5:.5 A5:.5 C6:1 B5:.5 A5:.5 G5:1 | F#5:.5 A5:.5 C6:1 A5:.5 F#5:.5 D5:1 |"
                " G5:1 B5:1 E5:.5 G5:.5 C6:1 | A5:1.5 F#5:.5 D5:1 -:1"
            ),
            -9,
            pan=0.1,
            reverb=0.25,
            delay=0.12,
        ),
        Part(
            "glockenspiel",
            Melody(
                "-:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:2 F#5:.5 A5:.5 D6:1 |"
                "B5:1 G5:.5 E5:.5 G5:1 B5:1 | A5:1 F#5:.5 D5:.5 F#5:1 -:1 |"
                " G5:1 E5:.5 C5:.5 E5:1 G5:1 | D6:1 B5:.5 G5:.5 B5:1 -:1 |"
                "-:4 | -:4 | -:4 | -:4"
            ),
            -12,
            pan=0.3,
            reverb=0.25,
        ),
        Part(
            "pizzicato", Figure(".... .... AAAA ....", {"A": "..0. ..1."}, low=67, voices=3), -14, pan=0.35, reverb=0.2
        ),
    ),
)

PLAYFUL = Composition(
    name="playful",
    title="Left Sock, Right Sock",
    description="Pizzicato, marimba and a cheeky clarinet",
    moods=("playful", "funny", "curious"),
    key="C major",
    beat_samples=24_000,
    chords="C | C | G7 | G7 | Am | D7 | G | G7 | C | C7 | F | F#dim7 | C/G | A7 | D7 G7 | C",
    room="chamber",
    swing=0.18,
    parts=(
        Part(
            "pizzicato",
            Figure("AAAA AAAB AAAA AAAC", {"A": "0.x.1.x.", "B": "0.x.xxx.", "C": "0.x.0..."}, low=55, voices=3),
            -7,
            pan=0.2,
            reverb=0.2,
        ),
        Part(
            "double bass",
            Figure("AAAA AAAB AAAA AAAC", {"A": "0.1.", "B": "0.13", "C": "0.0."}, low=31, voices=1),
            -7,
            reverb=0.1,
        ),
        Part(
            "clarinet",
            Melody(
                "-:.5 G4:.5 C5:.5 D5:.5 E5:1 C5:1 | -:.5 E5:.5 D5:.5 C5:.5 G4:1 -:1 |"
                " -:.5 G4:.5 B4:.5 D5:.5 F5:1 D5:1 | E5:.5 D5:.5 B4:1 G4:1 -:1 |"
                "-:.5 A4:.5 C5:.5 E5:.5 A5:1 E5:1 | F#5:.5 E5:.5 D5:1 C5:1 -:1 |"
                " B4:.5 C5:.5 D5:.5 E5:.5 D5:1 B4:1 | F5:.5 D5:.5 B4:.5 F4:.5 G4:1 -:1 |"
                "-:4 | -:4 | -:4 | -:4 |"
                "G4:.5 C5:.5 E5:.5 G5:.5 E5:1 -:1 | -:.5 C#5:.5 E5:.5 G5:.5 A5:1 -:1 |"
                " F#5:.5 A5:.5 F#5:.5 D5:.5 F5:.5 D5:.5 B4:1 | C5:1 G4:1 C5:1 -:1"
            ),
            -8,
            pan=-0.15,
            reverb=0.2,
        ),
        Part(
            "marimba",
            Melody(
                "-:4 | -:2 -:.5 C5:.5 E5:.5 G5:.5 | -:4 | -:2 -:.5 G5:.5 F5:.5 D5:.5 |"
                " -:4 | -:2 -:.5 D5:.5 F#5:.5 A5:.5 | -:4 | -:4 |"
                "C5:.5 E5:.5 G5:.5 C6:.5 B5:.5 G5:.5 E5:.5 G5:.5 | Bb5:.5 G5:.5 E5:.5 C5:.5 E5:.5 G5:.5 Bb5:1 |"
                "A5:.5 F5:.5 C5:.5 F5:.5 A5:.5 C6:.5 A5:1 | F#5:.5 A5:.5 C6:.5 Eb6:.5 C6:.5 A5:.5 F#5:1 |"
                "-:2 -:.5 G5:.5 E5:.5 C5:.5 | -:2 -:.5 E5:.5 C#5:.5 A4:.5 |"
                " -:4 | -:.5 E5:.5 G5:.5 E5:.5 C5:1 -:1"
            ),
            -8,
            pan=0.1,
            reverb=0.2,
        ),
        Part(
            "drums",
            Beat(
                "AAAA AAAB AAAA AAAC",
                {
                    "A": {"wood block": "....x..o", "low block": "x.......", "brush": "..x...x.", "egg": "oxoxoxox"},
                    "B": {"wood block": "....xxx.", "low block": "x.......", "triangle": "......x."},
                    "C": {"wood block": "x.x.....", "low block": "....x...", "egg": "oxox....", "triangle": "....x..."},
                },
            ),
            -12,
            reverb=0.15,
        ),
    ),
)

FESTIVE = Composition(
    name="festive",
    title="Lanterns in the Snow",
    description="Sleigh bells, glockenspiel, strings and brass",
    moods=("festive", "celebration", "winter"),
    key="Bb major",
    beat_samples=20_000,
    chords="Bb | F/A | Gm | Eb | Bb/D | Eb | Cm7 | F7 | Gm | Dm | Eb | Bb/D | Cm7 | F7 | Bb Eb | F7",
    room="hall",
    parts=(
        Part(
            "drums",
            Beat(
                "AAAA AAAB AAAA AAAC",
                {
                    "A": {"sleigh bells": "xoxoxoxo", "soft kick": "x...x...", "brush": "..x...x."},
                    "B": {
                        "sleigh bells": "xoxoxxxx",
                        "soft kick": "x...x...",
                        "brush": "..x.xxxx",
                        "triangle": "x.......",
                    },
                    "C": {
                        "sleigh bells": "xoxoX.X.",
                        "soft kick": "x...x.x.",
                        "brush": "..x...xx",
                        "crash": "....o...",
                    },
                },
            ),
            -10,
            reverb=0.2,
        ),
        Part(
            "pizzicato",
            Figure("AAAA AAAB AAAA AAAB", {"A": "0.x.1.x.", "B": "0.x.0123"}, low=55, voices=4),
            -8,
            pan=0.15,
            reverb=0.25,
        ),
        Part(
            "double bass", Figure("AAAA AAAB AAAA AAAB", {"A": "0-1-", "B": "0-13"}, low=31, voices=1), -8, reverb=0.1
        ),
        Part(
            "glockenspiel",
            Melody(
                "D5:1 F5:.5 G5:.5 F5:1 Bb5:1 | A5:1 F5:.5 C5:.5 F5:2 |"
                " D5:1 G5:.5 A5:.5 Bb5:1 D6:1 | C6:1 Bb5:.5 G5:.5 Eb5:2 |"
                "F5:1 Bb5:.5 C6:.5 D6:1 Bb5:1 | G5:1 Bb5:1 Eb6:1 D6:1 |"
                " C6:1 G5:.5 Bb5:.5 Eb5:1 G5:1 | A5:2 F5:1 -:1 |"
                "-:4 | -:4 | -:4 | -:4 |"
                "C6:1 Bb5:.5 G5:.5 Eb5:1 G5:1 | A5:1 G5:.5 F5:.5 C5:1 Eb5:1 |"
                " D5:1 F5:1 G5:1 Bb5:1 | C6:1 A5:1 F5:1 -:1"
            ),
            -8,
            pan=0.1,
            reverb=0.3,
        ),
        Part(
            "horns",
            Melody(
                "-:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:2 F4:1 A4:1 |"
                "Bb4:2 G4:1 Bb4:1 | A4:2 D4:2 | G4:1 Bb4:1 Eb5:1 D5:1 | D5:2 Bb4:1 F4:1 |"
                "G4:2 Bb4:2 | A4:2 C5:2 | Bb4:2 Bb4:1 G4:1 | A4:3 -:1"
            ),
            -8,
            pan=-0.15,
            reverb=0.35,
        ),
        Part(
            "strings",
            Figure("CCCC CCCC CCCC CCCC", {"C": "c"}, low=57, voices=4, dynamics="3334 4456 6666 6676"),
            -9,
            reverb=0.35,
        ),
        Part(
            "celesta",
            Figure(".... .... AAAA AAB.", {"A": "0123 2321", "B": "0123 4567"}, low=65, voices=4),
            -12,
            pan=0.3,
            reverb=0.3,
        ),
        Part(
            "tubular bell",
            Melody(
                "Bb4:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:4 | G4:4 | -:4 | -:4 | -:4 | -:4 | -:4 | Bb4:4 | F4:4"
            ),
            -13,
            pan=-0.3,
            reverb=0.4,
        ),
    ),
)

BRIGHT = UPBEAT, HAPPY, PLAYFUL, FESTIVE
