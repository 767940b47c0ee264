"""Writes tiny_ustar.tar, tiny_gnu.tar, tiny_pax.tar and tiny_pax.tar.gz beside itself: the same WebDataset of three
samples as Python's tarfile writes it in each of its formats. Run with Python 3.

Images are 1 x 1 grey PNM of the values 1, 2, 3; the second sample has a long name, and links and a folder lie between.
"""
import gzip
import io
import pathlib
import tarfile

HERE = pathlib.Path(__file__).parent
FORMATS = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}


def members(kind):
    # USTAR ends at 155 + 100 characters.
    deep = "f" * 120 if kind == "ustar" else "/".join(["f" * 150] * 2)
    name = "b" * (90 if kind == "ustar" else 130)
    yield "a/0001.jpg", b"P5 1 1 255\n\x01"
    yield "a/0001.cls", b"7\n"
    yield f"{deep}/{name}.jpg", b"P5 1 1 255\n\x02"
    yield f"{deep}/{name}.cls", b"12"
    yield ("c/0003.jpg" if kind == "ustar" else "c/Zo\u00eb.jpg"), b"P5 1 1 255\n\x03"
    yield ("c/0003.cls" if kind == "ustar" else "c/Zo\u00eb.cls"), b"7"


def write(kind):
    with tarfile.open(HERE / f"tiny_{kind}.tar", "w", format=FORMATS[kind]) as tar:
        folder = tarfile.TarInfo("a")
        folder.type = tarfile.DIRTYPE
        tar.addfile(folder)
        for name, data in members(kind):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            info.mtime = 1700000000.25 if kind == "pax" else 1700000000
            tar.addfile(info, io.BytesIO(data))
        for link_type in (tarfile.SYMTYPE, tarfile.LNKTYPE):
            link = tarfile.TarInfo(f"link{link_type.decode()}.jpg")
            link.type = link_type
            link.linkname = "a/0001.jpg" if kind == "ustar" else "/".join(["f" * 150] * 2) + "/x.jpg"
            tar.addfile(link)


for each in FORMATS:
    write(each)
packed = gzip.compress((HERE / "tiny_pax.tar").read_bytes(), mtime=0)
(HERE / "tiny_pax.tar.gz").write_bytes(packed)
