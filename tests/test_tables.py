"""Tables of samples: what is read, and one clear line for everything that is not a table."""

import csv
import sys
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natlat_sym as nl
from natlat_sym import Dist, read_table
from natlat_sym.laws import frames, tables

F = Fraction


@pytest.fixture
def table(tmp_path):
    def write(content, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_plain_table(table):
    p = read_table(table("X1,X2\nyes,no\nyes,yes\nyes,no\n"))
    assert p == Dist.from_dict({("yes", "no"): "2/3", ("yes", "yes"): "1/3"}, "X1 X2")


def test_count_column_and_order_of_columns(table):
    path = table("X1,n,X2\na,3,b\na,1,c\na,1,b\nd,0,d\n")
    assert read_table(path, count="n").to_dict() == {("a", "b"): F(4, 5), ("a", "c"): F(1, 5)}
    assert read_table(path, count="n", columns="X2").mass("b") == F(4, 5)
    assert read_table(path, columns=["X2", "X1"]).names == ("X2", "X1")
    assert read_table(path, columns="X1,n").names == ("X1", "n")
    assert read_table(path, count="n").weights() == {("a", "b"): 4, ("a", "c"): 1}
    assert read_table(path, count="n").alphabet("X1") == ("a",)


def test_counts_of_any_size(table):
    digits = "9" * 5000
    p = read_table(table(f"X,n\na,{digits}\nb,1\n"), count="n")
    assert p.mass("b") == F(1, 10**5000)


def test_quoted_commas_newlines_and_quotes(table):
    content = 'X,Y\n"a,b",1\n"a\nb",1\n"say ""no""",2\n"a,b",1\n'
    p = read_table(table(content))
    assert p.to_dict() == {
        ("a\nb", "1"): F(1, 4), ("a,b", "1"): F(1, 2), ('say "no"', "2"): F(1, 4)
    }  # fmt: skip


@pytest.mark.parametrize("rest", ["0,1\n1,1\n", '"0",1\n1,1\n'])
def test_a_byte_order_mark_is_skipped(table, rest):
    assert read_table(table(b"\xef\xbb\xbfX,Y\n" + rest.encode())).names == ("X", "Y")
    assert read_table(table(b'\xef\xbb\xbf"X",Y\n' + rest.encode())).names == ("X", "Y")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends(table, end, last):
    content = end.join(["X,Y", "0,1", "", "1,1"]) + (end if last else "")
    assert read_table(table(content)).to_dict() == {("0", "1"): F(1, 2), ("1", "1"): F(1, 2)}


def test_delimiters(table):
    expected = Dist.uniform("X Y", [("0", "1,1"), ("1", "1")])
    assert read_table(table("X\tY\n0\t1,1\n1\t1\n", "t.tsv")) == expected
    assert read_table(table("X;Y\n0;1,1\n1;1\n")) == expected
    assert read_table(table("X|Y\n0|1,1\n1|1\n"), delimiter="|") == expected
    assert read_table(table("X\n0\n1\n")).names == ("X",)


def test_empty_cells_and_spaces_are_labels(table):
    assert read_table(table("X,Y\n,a\n a,a\n")).alphabet("X") == ("", " a")


def test_text_beyond_ascii(table):
    assert read_table(table("X\nпривет\nπ\u2028\n")).alphabet("X") == ("π\u2028", "привет")


cell = st.text(st.sampled_from('ab,;"\n\r\tπ '), max_size=4)


@pytest.mark.parametrize("lines", [1, 3, 100])
@pytest.mark.parametrize("mark", ["", '"'])
def test_a_table_is_read_part_by_part(table, monkeypatch, lines, mark):
    monkeypatch.setattr(tables, "_LINES", lines)
    rows = [(f"{mark}{i % 4}{mark}", f"b{i % 3}", str(i % 5)) for i in range(70)]
    path = table("X,Y,n\n" + "\n".join(map(",".join, rows)))
    weights = Counter()
    for x, y, n in rows:
        weights[x.strip('"'), y] += int(n)
    assert read_table(path, count="n") == Dist.from_weights(weights, "X Y")
    path.write_text(path.read_text() + "\n0,b0\n")
    with pytest.raises(nl.InvalidInput, match=r"in every row, '.*' line 72 has 2"):
        read_table(path)


@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=12))
def test_reads_what_the_csv_module_writes(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("X", "Y"), *rows])
    assert read_table(path) == Dist.from_samples(rows, "X Y")


REFUSED = [
    ("", {}, "expected a table with a header line, '.*' is empty"),
    ("\n0,1\n", {}, "expected a table with a header line, '.*' starts with an empty line"),
    (b"\xef\xbb\xbf", {}, "with a header line, '.*' is empty|starts with an empty line"),
    ("X,Y\n", {}, "with at least one sample, '.*': it has a header but no rows"),
    ('"X",Y\n\n', {}, "it has a header but no rows"),
    ("X,n\na,0\nb,0\n", {"count": "n"}, "at least one sample, '.*': every count in 'n' is 0"),
    ("X,Y\n0,1\n", {"count": "n"}, "expected a column 'n' in '.*', it has X, Y"),
    ("X,Y\n0,1\n", {"columns": "X Z"}, "expected a column 'Z' in '.*', it has X, Y"),
    ("X,Y\n0,1\n", {"columns": "X X"}, "expected different variables, 'X' is repeated"),
    ("X,n\n0,1\n", {"columns": "X n", "count": "n"}, "'n' to be the count or a variable, not both"),
    ("X,X\n0,1\n", {}, "expected different column names in '.*', 'X' is repeated in X, X"),
    ("X,Y\n0,1\n0\n0\n", {}, r"expected 2 cells \(X, Y\) in every row, '.*' line 3 has 1"),
    ('X,Y\n"a\nb",1\n0,1,2\n', {}, r"in every row, '.*' line 4 has 3"),
    ("X,n\na,3\nb,3.5\n", {"count": "n"},
     "expected a count, an integer of at least 0, in column 'n' of '.*', line 3 has '3.5'"),
    ("X,n\na,-1\n", {"count": "n"}, "line 2 has '-1'"),
    ("X,n\na,3\n\"b\",x\n", {"count": "n"}, "line 3 has 'x'"),
    ("X,n\na,\n", {"count": "n"}, "line 2 has ''"),
    ("X,n\na,²\n", {"count": "n"}, "line 2 has '²'"),
    ("body mass (g),Y\n1,2\n", {},
     "expected variable names in the header .*, got 'body mass .g.'; rename .* to 'body_mass_g'"),
    ("0,1\n1,1\n", {}, "got '0'; rename the column to 'V0'"),
    ("X, Y\n1,1\n", {}, "got ' Y'; rename the column to 'Y'"),
    ('X,Y\n"a,1\nb,2\n', {}, "expected a table with quoted cells closed, '.*' line 3: unexpected"),
    ("X,Y\nа,1\n".encode("cp1251"), {}, r"'.*' is not UTF-8 text \(byte 4\)"),
    ("Имя,Y\nа,1\n".encode("cp1251"), {}, r"is not UTF-8 text \(byte 0\)"),
    ("X,Y\na,1\n".encode("utf-16"), {}, "holds zero bytes; save it as UTF-8 text"),
    ("X\na\n", {"delimiter": "::"}, "expected a delimiter of one character, got '::'"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "options", "message"), REFUSED)
def test_refusals(table, content, options, message):
    with pytest.raises(nl.InvalidInput, match=message) as caught:
        read_table(table(content), **options)
    assert "\n" not in str(caught.value)


def test_a_column_that_is_not_used_may_be_named_anyhow(table):
    path = table("X,body mass\n1,2\n")
    assert read_table(path, columns="X").names == ("X",)
    assert read_table(path, count="body mass").names == ("X",)


def test_a_directory_and_a_missing_file(tmp_path):
    with pytest.raises(nl.UnreadableFile, match=r"expected a table, '.*' is a directory"):
        read_table(tmp_path)
    with pytest.raises(nl.UnreadableFile, match=r"expected a table, '.*gone\.csv' does not exist"):
        read_table(tmp_path / "gone.csv")


def test_parquet(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "t.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "copy (select * from (values ('a', 1, 3), ('a', 2, 1), (null, 1, 1)) "
            f"t(X, Y, n)) to '{path}'"
        )
    assert read_table(path, count="n").to_dict() == {
        ("", "1"): F(1, 5), ("a", "1"): F(3, 5), ("a", "2"): F(1, 5)
    }  # fmt: skip
    with pytest.raises(nl.InvalidInput, match=r"in column 'X' of '.*', row .* has ''"):
        read_table(path, count="X")
    with pytest.raises(nl.UnreadableFile, match=r"expected a table, '.*' does not exist"):
        read_table(tmp_path / "gone.parquet")
    (tmp_path / "bad.parquet").write_text("X,Y\n")
    with pytest.raises(nl.UnreadableFile, match=r"expected a Parquet table, '.*'"):
        read_table(tmp_path / "bad.parquet")


def test_parquet_without_duckdb(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(nl.InvalidInput, match="is Parquet, which needs duckdb; pip install"):
        read_table(tmp_path / "t.parquet")


# ---- data frames ----


class Pandas:
    """What is used of a data frame of pandas."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows

    def itertuples(self, index, name):
        assert (index, name) == (False, None)
        return iter(self.rows)


class Polars:
    """What is used of a data frame of polars."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows

    def iter_rows(self):
        return iter(self.rows)


class NAType:
    """The missing value of pandas: comparing it with itself is no truth value."""

    def __ne__(self, other):
        return self

    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")

    __hash__ = object.__hash__


@pytest.mark.parametrize("kind", [Pandas, Polars])
def test_a_data_frame_is_the_table_it_would_be_written_to(kind, table):
    rows = [("a", 1, 1.5, 3), ("a", np.int64(1), 1.5, 1), (None, 0, float("nan"), 2)]
    rows.append((NAType(), True, np.float64("nan"), np.int64(0)))
    written = table("X,Y z,W,n\na,1,1.5,3\na,1,1.5,1\n,0,,2\n,True,,0\n")
    columns = {"Y z": "Y", "X": "X", "W": "W"}
    for options in ({"count": "n", "columns": columns}, {"columns": "W X"}, {"columns": columns}):
        found = read_table(kind(["X", "Y z", "W", "n"], rows), **options)
        assert found == read_table(written, **options)
        assert found.names == tuple(options["columns"].values() if "n" in options else found.names)


@pytest.mark.parametrize("kind", [Pandas, Polars])
@pytest.mark.parametrize("cells", [(0.0, -0.0, 1.0), (-0.0, 0.0, 1.0)])
def test_zeros_of_either_sign_are_the_labels_they_are_written_as(kind, cells, table):
    """They are equal, and so are their hashes; which one comes first makes no difference."""
    found = read_table(kind(["X"], [(cell,) for cell in cells]))
    assert found == read_table(table("X\n0.0\n-0.0\n1.0\n"))
    assert found.support == (("-0.0",), ("0.0",), ("1.0",))
    assert frames._texts(cells) == list(map(str, cells))


@pytest.mark.parametrize(
    ("frame", "options", "message"),
    [
        (Pandas(["X"], []), {}, "the data frame has no rows"),
        (Pandas(["X", 2], [("a", "b")]), {}, "in the header of the data frame .*, got '2'"),
        (
            Pandas(["X", "n"], [("a", 0.5)]),
            {"count": "n"},
            "column 'n' of the data frame, got '0.5'",
        ),
        (Pandas(["X", "n"], [("a", 0)]), {"count": "n"}, "every count in 'n' is 0"),
        (Polars(["X"], [("a",)]), {"columns": "Y"}, "a column 'Y' in the data frame, it has X"),
        ([("a",)], {}, "a table, or a data frame, got a value of type list; nl.Dist.from_samples"),
    ],
)
def test_refused_data_frames(frame, options, message):
    with pytest.raises(nl.InvalidInput, match=message):
        read_table(frame, **options)


def test_other_ways_to_make_a_law_know_data_frames_and_series():
    with pytest.raises(
        nl.InvalidInput, match=r"got a Pandas with columns; nl.read_table reads one"
    ):
        Dist.from_samples(Pandas(["X"], [("a",)]), "X")

    class Series:
        def keys(self):
            return [("a", 0), ("b", 1)]

        def items(self):
            return iter([(("a", 0), np.int64(3)), (("b", 1), np.int64(1))])

    assert Dist.from_weights(Series(), "X Y").mass(("a", 0)) == F(3, 4)


def test_a_data_frame_in_place_of_a_law_is_told_how_to_be_one():
    with pytest.raises(nl.InvalidInput, match=r"Pandas; nl\.read_table makes one of a data frame$"):
        nl.natural_latent(Pandas(["X"], []), "X", "L")


def test_names_for_columns_that_have_none(table):
    path = table("age (years),,2nd,L\n3,0,a,x\n4,1,b,x\n")
    columns = {"age (years)": "age", "L": "L"}
    assert read_table(path, columns=columns).mass(("3", "x")) == F(1, 2)
    assert read_table(path, columns="L").mass("x") == 1
    with pytest.raises(nl.InvalidInput, match="got 'two words'; write 'two_words'"):
        read_table(path, columns={"L": "two words"})
    with pytest.raises(nl.InvalidInput, match="'L' is repeated in L, L"):
        read_table(path, columns={"L": "L", "2nd": "L"})
    with pytest.raises(nl.InvalidInput, match=r"'V2nd', or choose other columns \(columns="):
        read_table(table("2nd,L\n1,2\n"))


def test_a_repeated_column_that_is_not_used(table):
    path = table("X,X,L\na,b,c\n")
    assert read_table(path, columns="L").mass("c") == 1
    with pytest.raises(nl.InvalidInput, match=r"different column names in .*, 'X' is repeated"):
        read_table(path, columns="X L")


def test_counts_written_as_decimals(table):
    assert read_table(table("X,n\na,3.0\nb,1.\n"), count="n").mass("a") == F(3, 4)
    with pytest.raises(nl.InvalidInput, match=r"an integer of at least 0, .* line 2 has '3.5'"):
        read_table(table("X,n\na,3.5\n"), count="n")
