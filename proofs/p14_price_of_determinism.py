"""P14 · Functions of the features can cost almost twice what a stochastic latent costs.

Claim    there are laws of two features on which every function of them has a summed error of at
         least 1.9 times that of some stochastic latent; with four values of each feature the
         factor can be 1.93775, with eight 1.9581
Reading  The summed error of V is I(X;Y|V) + I(V;X|Y) + I(V;Y|X). A stochastic latent may split an
         outcome between two labels; a function has to decide. The checker tries all 21,147 ways of
         doing so at 3 x 3; at 4 x 4 and 8 x 8 it shows instead that no block of outcomes costs
         less than given shares. That no latent of the first law does better than the one given is
         shown by a matrix: a polynomial inequality of degree six, which the checker proves by
         halving cones. The other direction is known: the factor is never above 96. The highest
         published factor is 1.960073, on a 12 x 12 law; the 8 x 8 law here comes within 0.0020 of
         it.
Source   Harwood and Gillen for the question and the first law; the other three are descents of our
         own, rounded to counts, and not shown to be the best of their size. All have two labels
         that some exchange of values exchanges, nearly or exactly. With this symmetry the best
         factors found at n x n are 1.8179, 1.93777, 1.95460 and 1.95818 for n = 2, 4, 6 and 8:
         more values add less and less. Three or four labels exchanged in the same way gave less
         at the same size (1.768 at 3 x 3, 1.746 at 4 x 4).
Uses     P07
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain

from natlat_sym import Dist, evaluate, gap, latent_floor

# %% The law of the literature: counts, and how much of each goes to the first label
COUNTS = ((6453, 671, 224), (354, 2032, 6403), (2066, 1116, 681))
FIRST = ((6320, 551, 113), (178, 180, 136), (1888, 561, 126))


Numbers = Sequence[Sequence[Fraction | int]]


def split(counts: Numbers, first: Numbers) -> Dist:
    """Return the law with the label L = a for these shares of each outcome."""
    weights = {}
    for x, row in enumerate(counts):
        for y, count in enumerate(row):
            weights[str(x), str(y), "a"] = count * first[x][y]
            weights[str(x), str(y), "b"] = count * (1 - first[x][y])
    return Dist.from_weights(weights, "X Y L")


shares = tuple(
    tuple(Fraction(part, whole) for part, whole in zip(*rows, strict=True))
    for rows in zip(FIRST, COUNTS, strict=True)
)
known = split(COUNTS, shares)
known_gap = gap(known, "L", "190096/100000")

# %% No latent of this law is better by more than 4 millionths of a bit
MATRIX = (
    ("0.9044994", "0.2742706", "0.1285018"),
    ("0.1488891", "0.5237169", "0.9046842"),
    ("0.5254989", "0.5432869", "0.2771443"),
)
known_floor = latent_floor(known.marginal("X Y"), MATRIX, "0.2908")

# %% A higher factor at the same size
TABLE = ((322869, 33488, 11214), (17670, 101554, 319729), (103585, 55937, 33954))
PERCENT = (("2.07", "18.04", "49.596"), ("49.807", "91.176", "97.881"), ("8.698", "49.8", "81.6"))
finer = tuple(tuple(Fraction(text) / 100 for text in row) for row in PERCENT)
higher = split(TABLE, finer)
higher_gap = gap(higher, "L", "1.901333")

# %% A higher factor with four values each
FOUR = (
    (21933, 48094, 28408, 30152),
    (296141, 5372, 48057, 22421),
    (5310, 296216, 21896, 47428),
    (47390, 22383, 30067, 28734),
)
FOUR_PERCENT = (
    ("86.917", "6.44", "50.013", "31.585"),
    ("98.974", "49.997", "93.562", "87.023"),
    ("49.997", "1.025", "13.087", "6.497"),
    ("93.506", "12.982", "68.438", "50.013"),
)
four = split(FOUR, tuple(tuple(Fraction(text) / 100 for text in row) for row in FOUR_PERCENT))
# What a block costs at least, in bits: the sum of these over its outcomes.
LEAST = (
    ("-0.710999220917", "-1.601851362832", "-0.959030202817", "-1.036755625162"),
    ("-10.955822741248", "-0.171360073473", "-1.600482069756", "-0.759521153357"),
    ("-0.169244711545", "-10.958767201402", "-0.709727284094", "-1.610900942847"),
    ("-1.609526672027", "-0.758184426915", "-1.033748549062", "-0.970607774755"),
)
four_gap = gap(four, "L", "1.93775", shares=chain.from_iterable(LEAST))

# %% The highest factor found: eight values each, and a law with symmetries
# Exchange of X and Y leaves the law alone; reversal of both exchanges the two labels. So a quarter
# of each table is given, x <= y <= 7 - x.
EIGHT = (
    (2730353, 281208, 151182, 111012, 84435, 65940, 53675, 31568),
    (59653, 46776, 43828, 42053, 41469, 47522),
    (38832, 36526, 35439, 35611),
    (34887, 34486),
)
EIGHT_PERCENT = (
    ("99.277", "96.280", "94.534", "93.017", "91.159", "88.814", "84.143", "50.000"),
    ("82.985", "76.523", "71.511", "66.021", "59.940", "50.000"),
    ("68.537", "62.652", "56.494", "50.000"),
    ("56.368", "50.000"),
)
EIGHT_LEAST = (
    (
        "-11.700509826",
        "-1.148157177",
        "-0.604298770",
        "-0.438002957",
        "-0.329222220",
        "-0.254422149",
        "-0.205179977",
        "-0.118706437",
    ),
    (
        "-0.236583247",
        "-0.180028017",
        "-0.167196603",
        "-0.158407904",
        "-0.155449273",
        "-0.175940332",
    ),
    ("-0.146801275", "-0.137998676", "-0.134636363", "-0.132290095"),
    ("-0.131780006", "-0.128776880"),
)


def unfold(quarter: Sequence[Sequence[object]], labels: bool = False) -> list[list[Fraction]]:
    """Return the table of a quarter; reversal takes a percentage v of the labels to 100 - v."""
    size = len(quarter[0])
    table = [[Fraction(0)] * size for _ in range(size)]
    for low, row in enumerate(quarter):
        for high, text in enumerate(row, low):
            value, back, front = Fraction(str(text)), size - 1 - low, size - 1 - high
            table[back][front] = table[front][back] = 100 - value if labels else value
            table[low][high] = table[high][low] = value
    return table


parts = [[value / 100 for value in row] for row in unfold(EIGHT_PERCENT, labels=True)]
eight = split(unfold(EIGHT), parts)
eight_gap = gap(eight, "L", "1.9581", shares=chain.from_iterable(unfold(EIGHT_LEAST)))

# %% What the latent's errors are
errors = evaluate(higher, ["I(X;Y|L) + I(L;X|Y) + I(L;Y|X) < 2909/10000", "I(X;Y) > 55303/100000"])

# %% What is carried on
RESULTS = {
    "known-gap": known_gap,
    "known-floor": known_floor,
    "higher-gap": higher_gap,
    "four-by-four-gap": four_gap,
    "eight-by-eight-gap": eight_gap,
    "errors": errors,
}
