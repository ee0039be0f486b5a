"""P14 · Functions of the features can cost almost twice what a stochastic latent costs.

Claim    there are laws of two features on which every function of them has a summed error of at
         least 1.9 times that of some stochastic latent, and one where the factor is 1.93775
Reading  The summed error of V is I(X;Y|V) + I(V;X|Y) + I(V;Y|X). A stochastic latent may split an
         outcome between two labels; a function has to decide. The checker tries all 21,147 ways of
         doing so at 3 x 3; at 4 x 4 it shows instead that no block of outcomes costs less than
         given shares. That no latent of the first law does better than the one given is shown by a
         matrix: a polynomial inequality of degree six, which the checker proves by halving cones.
         The other direction is known: the factor is never above 96. The highest published factor is
         1.960073, on a 12 x 12 law; the 4 x 4 law here comes within 0.0224 of it.
Source   Harwood and Gillen for the question and the first law; the other two are descents of our
         own, rounded to counts in a million.
Uses     P07
"""

from fractions import Fraction
from itertools import chain

from natlat_sym import Dist, evaluate, gap, latent_floor

# %% The law of the literature: counts, and how much of each goes to the first label
COUNTS = ((6453, 671, 224), (354, 2032, 6403), (2066, 1116, 681))
FIRST = ((6320, 551, 113), (178, 180, 136), (1888, 561, 126))


def split(counts: tuple[tuple[int, ...], ...], first: tuple[tuple[Fraction, ...], ...]) -> Dist:
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

# %% What the latent's errors are
errors = evaluate(higher, ["I(X;Y|L) + I(L;X|Y) + I(L;Y|X) < 2909/10000", "I(X;Y) > 55303/100000"])

# %% What is carried on
RESULTS = {
    "known-gap": known_gap,
    "known-floor": known_floor,
    "higher-gap": higher_gap,
    "four-by-four-gap": four_gap,
    "errors": errors,
}
