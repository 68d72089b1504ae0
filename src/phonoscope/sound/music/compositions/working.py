"""Loops for work and report: corporate, inspiring, news, tech."""

from __future__ import annotations

from phonoscope.sound.music.score import Beat, Composition, Figure, Melody, Part

CORPORATE = Composition(
    name="corporate",
    title="Clear Plan",
    description="Muted guitars, piano and bells, confident and clean",
    moods=("corporate", "confident", "optimistic"),
    key="E major",
    beat_samples=25_000,
    chords="E | E | C#m7 | C#m7 | Aadd9 | Aadd9 | Bsus4 | B | E | G#m7 | C#m7 | B | Aadd9 | E/G# | F#m7 | Bsus4 B",
    room="hall",
    parts=(
        Part(
            "muted guitar",
            Figure("AAAA AAAB AAAA AAAB", {"A": "0 2 1 2 3 2 1 2", "B": "0 2 1 2 3 2 3 4"}, low=52, voices=4),
            -6,
            pan=-0.35,
            reverb=0.2,
            delay=0.45,
        ),
        Part(
            "muted guitar",
            Figure(".... AAAA AAAA AAAA", {"A": ".1.1 .2.1 .1.1 .2.3"}, low=59, voices=3),
            -11,
            pan=0.45,
            reverb=0.2,
            delay=0.2,
        ),
        Part(
            "piano",
            Figure(
                "AAAA AAAA BBBB BBBC",
                {"A": "x - - - - - - -", "B": "x - - x - - x -", "C": "x - - - x - x -"},
                low=54,
                voices=4,
                pedal=True,
                dynamics="4444 5555 7777 7777",
            ),
            -7,
            reverb=0.3,
        ),
        Part(
            "finger bass",
            Figure(
                ".... AAAA BBBB BBBC",
                {"A": "0 - - - - - 0 -", "B": "0 0 0 0 0 0 0 0", "C": "0 0 0 0 0 0 1 3"},
                low=28,
                voices=1,
            ),
            -8,
            reverb=0.03,
        ),
        Part(
            "drums",
            Beat(
                ".... AAAB CCCC CCCD",
                {
                    "A": {"soft kick": "x...x...x...x...", "egg": "..x...x...x...x."},
                    "B": {"soft kick": "x...x...x...x.x.", "egg": "..x...x...x...x.", "swell": "....x..........."},
                    "C": {"kick": "x...x...x...x...", "clap": "....x.......x...", "hat": "x.o.x.o.x.o.x.o."},
                    "D": {
                        "kick": "x...x...x.......",
                        "clap": "....x.......x...",
                        "hat": "x.o.x.o.x.......",
                        "tom": "..........x.x.x.",
                    },
                },
            ),
            -8,
            reverb=0.1,
            looseness=0.5,
        ),
        Part(
            "warm pad",
            Figure("CCCC CCCC CCCC CCCC", {"C": "c"}, low=52, voices=4, dynamics="4444 5555 6666 6666"),
            -11,
            reverb=0.3,
        ),
        Part(
            "celesta",
            Melody(
                "-:4 | -:4 | -:4 | -:4 | E5:1 B5:1 A5:1 -:1 | -:4 | F#5:1 B5:1 E5:1 -:1 | D#5:2 -:2 |"
                "G#5:1.5 E5:.5 B4:2 | F#5:1.5 D#5:.5 B4:2 | E5:1.5 C#5:.5 G#4:1 B4:1 | D#5:1.5 F#5:.5 B5:2 |"
                "C#5:1.5 E5:.5 A5:2 | G#5:1.5 E5:.5 B4:2 | A5:1 G#5:1 F#5:1 E5:1 | E5:2 D#5:1 -:1"
            ),
            -10,
            pan=0.2,
            reverb=0.4,
            delay=0.3,
        ),
    ),
)

INSPIRING = Composition(
    name="inspiring",
    title="First Light",
    description="A piano figure that strings, drums and horns carry upwards",
    moods=("inspiring", "hopeful", "cinematic"),
    key="A major",
    beat_samples=32_000,
    chords="A | E/G# | F#m7 | Dadd9 | A | E/G# | F#m7 | Dadd9 | Bm7 | A/C# | D | Esus4 E",
    room="hall",
    parts=(
        Part(
            "piano",
            Figure(
                "AAAA BBBB BBBC",
                {"A": "3 1 2 1 3 1 2 1", "B": "31213121 41213121", "C": "31213121 31213456"},
                low=57,
                voices=4,
                pedal=True,
                dynamics="5556 6666 7788",
            ),
            -5,
            reverb=0.3,
        ),
        Part(
            "piano",
            Figure("AAAA AAAA AAAB", {"A": "0 - - - 2 - - -", "B": "0 - 0 -"}, low=40, voices=1, pedal=True),
            -9,
            reverb=0.2,
        ),
        Part(
            "strings",
            Figure("..CC CCCC CCCC", {"C": "c"}, low=57, voices=4, dynamics="3334 5566 7788"),
            -7,
            reverb=0.35,
        ),
        Part(
            "low strings",
            Figure(".... CCCC CCCC", {"C": "0 - - -"}, low=33, voices=1, dynamics="4455 6677 8899"),
            -9,
            reverb=0.25,
        ),
        Part(
            "spiccato",
            Figure(".... AAAA AAAA", {"A": "0.00 1.11 0.00 1.12"}, low=57, voices=3, dynamics="3333 4455 6677"),
            -11,
            pan=-0.25,
            reverb=0.25,
        ),
        Part(
            "drums",
            Beat(
                ".... AAAB CCCD",
                {
                    "A": {"low tom": "x.......x.......", "shaker": "x.o.x.o.x.o.x.o."},
                    "B": {"low tom": "x.......x...x.x.", "shaker": "x.o.x.o.x.o.x.o.", "swell": "......x........."},
                    "C": {"taiko": "x.....x.x.....o.", "snare": "........o.......", "shaker": "x.o.x.o.x.o.x.o."},
                    "D": {"taiko": "x.....x.x.x.x...", "low tom": "............x.xx", "crash": "o..............."},
                },
                dynamics="3333 4455 6677",
            ),
            -9,
            reverb=0.25,
        ),
        Part(
            "horns",
            Melody(
                "-:4 | -:4 | -:4 | -:4 | -:4 | -:4 |"
                " -:4 | -:4 | D4:2 F#4:1 B4:1 | C#5:2 A4:2 | D5:1.5 C#5:.5 B4:1 A4:1 | B4:2 G#4:2",
                dynamics="7",
            ),
            -9,
            pan=0.2,
            reverb=0.4,
        ),
        Part(
            "glockenspiel",
            Melody("-:4 | -:4 | -:4 | -:4 | E5:2 C#5:2 | B4:2 E5:2 | A5:2 E5:2 | F#5:2 E5:2 | -:4 | -:4 | -:4 | -:4"),
            -15,
            reverb=0.4,
            delay=0.3,
        ),
    ),
)

NEWS = Composition(
    name="news",
    title="On the Hour",
    description="Driving strings, brass and timpani under headlines",
    moods=("news", "urgent", "serious"),
    key="D minor",
    beat_samples=22_500,
    chords="Dm | % | Bb | C | Dm | % | Gm | A7sus4 A7 | F | C/E | Dm | Bb | Gm7 | Dm/F | Bb C | A7",
    room="chamber",
    parts=(
        Part(
            "spiccato",
            Figure(
                "AABB AABC AABB AABC",
                {"A": "0.02 0.02 0.02 0.21", "B": "0.01 0.02 0.01 0.21", "C": "0.02 0.02 0123 2123"},
                low=57,
                voices=3,
            ),
            -6,
            pan=-0.15,
            reverb=0.2,
            looseness=0.5,
        ),
        Part(
            "synth bass",
            Figure("AAAA AAAB AAAA AAAB", {"A": "0.00 0.00 0.00 0.00", "B": "0.00 0.00 0.00 0.13"}, low=33, voices=1),
            -7,
            looseness=0.4,
        ),
        Part(
            "brass",
            Figure(
                "A.A. A.AB A.A. A.AB",
                {"A": "X-.. ..x. X--- ....", "B": "x-.. x-.. X--- X-.."},
                low=55,
                voices=3,
                dynamics="5555 5567 6666 6678",
            ),
            -8,
            pan=0.1,
            reverb=0.3,
        ),
        Part(
            "horns",
            Melody(
                "-:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:4 |"
                "A4:1.5 C5:.5 F5:2 | E5:1.5 D5:.5 C5:2 | D5:1.5 F5:.5 A5:2 | F5:1 D5:1 Bb4:2 |"
                "D5:1.5 Bb4:.5 G4:2 | A4:1.5 D5:.5 F5:2 | F5:2 E5:2 | E5:2 C#5:1 -:1"
            ),
            -8,
            pan=-0.2,
            reverb=0.35,
        ),
        Part(
            "low strings",
            Figure("CCCC CCCC CCCC CCCC", {"C": "c"}, low=50, voices=3, dynamics="4444 4455 6666 6667"),
            -11,
            reverb=0.3,
        ),
        Part(
            "drums",
            Beat(
                "ABAB ABAC ABAB ABAD",
                {
                    "A": {"deep kick": "x.....x.x.......", "tick": "x.x.x.x.x.x.x.x.", "snare": "....o.......o..."},
                    "B": {"deep kick": "x.....x.x.....x.", "tick": "x.x.x.x.x.x.x.xx", "snare": "....o.......o..."},
                    "C": {"deep kick": "x.......x.......", "timpani": "........x.x.xxxx", "snare": "....o...o.o.oooo"},
                    "D": {
                        "deep kick": "x.......x.......",
                        "timpani": "x...x...x.x.x...",
                        "snare": "....o.......o.oo",
                        "swell": "..x.............",
                    },
                },
            ),
            -8,
            reverb=0.15,
            looseness=0.5,
        ),
    ),
)

TECH = Composition(
    name="tech",
    title="Quiet Machines",
    description="Electronic pulses and arpeggios, precise and curious",
    moods=("tech", "modern", "focused"),
    key="A minor",
    beat_samples=23_040,
    chords="Am9 | % | Fmaj7 | % | C | % | G6 | % | Am9 | Em7 | Fmaj7 | Dm7 | C/E | G | Fmaj9 | G",
    room="hall",
    parts=(
        Part(
            "synth pluck",
            Figure(
                "AAAA AAAB ABAB ABAB",
                {"A": "0213 2132 0213 2134", "B": "0312 4213 0312 5243"},
                low=57,
                voices=4,
                dynamics="4455 5566 7777 7765",
            ),
            -7,
            reverb=0.2,
            delay=0.35,
            looseness=0.3,
        ),
        Part("warm pad", Figure("CCCC CCCC CCCC CCCC", {"C": "c"}, low=52, voices=4), -8, reverb=0.35, breathing=0.65),
        Part(
            "synth bass",
            Figure(".... AAAB AAAA AAAB", {"A": "0-.0 ..0. 0-.0 ..2.", "B": "0-.0 ..0. 0-.0 2-1-"}, low=33, voices=1),
            -6,
            looseness=0.3,
        ),
        Part(
            "drums",
            Beat(
                "..AA BBBC DDDD DDDE",
                {
                    "A": {"egg": "x.oxx.oxx.oxx.ox"},
                    "B": {"kick": "x...x...x...x...", "egg": "x.oxx.oxx.oxx.ox", "rim": "...o..o....o..o."},
                    "C": {"kick": "x...x...x.......", "egg": "x.oxx.oxx.oxx.ox", "snap": "....x.......x.xx"},
                    "D": {
                        "kick": "x...x...x...x...",
                        "snap": "....x.......x...",
                        "hat": "..x...x...x...x.",
                        "rim": "...o..o....o..o.",
                    },
                    "E": {
                        "kick": "x...x...x.......",
                        "snap": "....x.......x...",
                        "hat": "..x...x...x.....",
                        "swell": "...x............",
                    },
                },
            ),
            -7,
            reverb=0.12,
            looseness=0.3,
        ),
        Part(
            "electric piano",
            Melody(
                "-:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:4 | -:4 |"
                "-:1 E5:1 C5:1 B4:1 | G4:2 -:2 | -:1 A4:1 C5:1 E5:1 | F5:2 D5:1 -:1 |"
                "-:1 E5:1 G5:1 E5:1 | D5:2 B4:2 | -:1 C5:1 G5:1 E5:1 | D5:3 -:1"
            ),
            -9,
            pan=0.15,
            reverb=0.3,
            delay=0.4,
        ),
    ),
)

WORKING = CORPORATE, INSPIRING, NEWS, TECH
