// What the fuzzer starts from: seeds FOLDER writes a sound input or two of every target into FOLDER/TARGET.
#include <cstring>

#include "core/base/files.h"
#include "core/data/npy.h"
#include "tests/core/imaging/encoded_images.h"
#include "tests/datasets/mat_writer.h"
#include "tests/datasets/pickle_samples.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/planted.h"

namespace discern::fuzz {
namespace {
namespace fs = std::filesystem;
namespace pickles = datasets::samples;

class Seeds {
 public:
  explicit Seeds(fs::path root) : root_(std::move(root)) { fs::remove_all(root_); }
  void put(const std::string& target, const std::string& name, std::string_view bytes) const {
    fs::create_directories(root_ / target);
    writeFileAtomically(root_ / target / name, bytes);
  }
  void golden(const std::string& target, const std::string& name) const {
    put(target, name, readFile(fs::path(DISCERN_SOURCE_DIR) / "tests/golden" / name));
  }

 private:
  fs::path root_;
};

void putPickles(const Seeds& seeds) {
  const std::pair<const char*, const std::string*> all[] = {
      {"python2", &pickles::kPython2},     {"protocol0", &pickles::kProtocol0},
      {"protocol1", &pickles::kProtocol1}, {"protocol2", &pickles::kProtocol2},
      {"protocol4", &pickles::kProtocol4}, {"arrays2", &pickles::kArrays2},
      {"arrays4", &pickles::kArrays4},     {"arrays5", &pickles::kArrays5},
      {"attack4", &pickles::kAttack4}};
  for (const auto& [name, bytes] : all) {
    seeds.put("pickle", name, *bytes);
    seeds.put("torch_pickle", name, *bytes);
    seeds.put("bin", name, *bytes);
  }
}

void putTorchCode(const Seeds& seeds) {
  seeds.put(
      "torch_code", "net",
      "class Net(Module):\n  __parameters__ = [\"weight\", ]\n  weight : Tensor\n  stride : Final[int] = 16\n"
      "  def forward(self: __torch__.Net,\n    x: Tensor) -> Tuple[Tensor, Tensor]:\n"
      "    _0 = __torch__.torch.nn.functional.pad\n"
      "    y = (getattr(self, \"0\")).forward(_0(x, [0, 1], \"constant\", 1.0e-05, ), )\n"
      "    if torch.__isnot__(x, None):\n      z = torch.add_(y, CONSTANTS.c0)\n"
      "    else:\n      z = unchecked_cast(Tensor, x)\n"
      "    ops.prim.RaiseException(\"it's # no comment\")\n    return (z, annotate(List[int], [])) # end\n");
  seeds.put("torch_code", "saves", "def f(x):\n    torch.save(x, 'f')\n    return x.relu_()\n");
  seeds.put("torch_code", "texts", "'a' # '\n'''a\n'''; \"\\\"\"; 1.5e-3\n");
}

void putOwnFiles(const Seeds& seeds) {
  seeds.put(
      "head", "small",
      R"({"format":"discern feature head 1","model":"12","recipe":"r","bias":0.5,"norm_weight":1,"weight":[1,-2]})");
  const std::string aggregator =
      R"({"__metadata__":{"dims":"2","format":"discern aggregator 1","hidden":"0","kind":"attention","model":"1",)"
      R"("recipe":"r"},"output":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},)"
      R"("scale":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})";
  const std::uint64_t length = aggregator.size();
  seeds.put("aggregator", "query",
            std::string(reinterpret_cast<const char*>(&length), 8) + aggregator +
                std::string("\0\0\x80\x3f\0\0\0\0\0\0\0\x40", 12));
  seeds.put(
      "point", "small",
      R"({"operating_point":{"features":"f","scores":"dscore","protocol":"p","threshold":0.2},"accept":0.4,"tar":0.9})");
  seeds.put("detector", "all",
            "kind = \"scrfd\"\nwidth = 320\nheight = 240\nstretch = true\nrgb = false\nmean = [1, 2, 3.5]\n"
            "std = 128\nscore = 0.5\noverlap = 0.4\n");
  seeds.put("steps", "two",
            "project = \"a.discern\"\n[[step]]\njob = \"import\"\nsource = \"{data}/x\"\nname = \"n\"\n"
            "[[step]]\njob = \"score\"\nleave_one_out = true\nfar = [0.1, 1e-3]\nseed = 3\n");
  seeds.put("lists", "marks",
            "sample,set,identity,path,offset,left_out,moved_to,verdict,tags,note,changed\n"
            "0,set,a,0.png,,templates,set/b,wrong,x;y,\"n, m\",\n1,set,a,1.png,,everything,,right,,,\n");
  seeds.put("lists", "labels", "path,year,skin\n0.png,1999,a\n1.png,2001,\n3.png,x,b\n");
  seeds.put("lists", "paths", "0.png\nimages/1.png\n");
  seeds.put("lists", "numbers", "0,2-3");
}

std::string record(std::uint32_t flag, const std::string& body) {
  const auto number = [](std::uint32_t v) { return std::string(reinterpret_cast<const char*>(&v), 4); };
  return number(0xced7230a) + number(static_cast<std::uint32_t>(24 + body.size())) + number(flag) +
         number(0x3F800000) + std::string(16, '\0') + body;
}

void putRecords(const Seeds& seeds) {
  std::string idx, rec;
  for (int key = 0; key < 4; ++key) {
    idx += std::to_string(key) + "\t" + std::to_string(rec.size()) + "\n";
    rec += key == 0 ? record(2, std::string("\0\0\x80\x40\0\0\xA0\x40", 8)) : record(0, "P5 1 1 255\nx");
  }
  seeds.put("record", "four", idx + "\n====\n" + rec);
}

void putTables(const Seeds& seeds) {
  seeds.put("tables", "lfw", "l1\t1\na\t1\t2\na\t1\tb\t1\n");
  seeds.put("tables", "lfw_matches", "l2\t1\na\t1\t2\na\t1\tb\t1\na\t1\t2\na\t2\tb\t1\n");
  seeds.put("tables", "templates",
            "ttemplate,identity,path,x,y,width,height,detector_score\n1,a,a/1.pgm,1,2,3,2,0.5\n"
            "2,b,b/1.pgm,1,1,1,1,\n");
  seeds.put("tables", "splits",
            "ttemplate,identity,path,fold,split\n1,a,a/1.pgm,0,gallery\n2,b,b/1.pgm,1,probes\n");
  seeds.put(
      "tables", "landmarks",
      "ttemplate,identity,path,media,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\n1,a,a/1.pgm,m,1,1,4,1,3,3,1,4,4,4\n");
  seeds.put("tables", "groups", "ggroup,identity,path\ng,a,a/1.pgm\nh,b,b/1.pgm\n");
  seeds.put("tables", "uccs",
            "uFILE,SUBJECT_ID,REYE_X,REYE_Y,LEYE_X,LEYE_Y,NOSE_X,NOSE_Y,RMOUTH_X,RMOUTH_Y,LMOUTH_X,LMOUTH_Y\n"
            "0001_0.pgm,1,1,1,4,1,3,3,1,4,4,4\n\n====\n"
            "FACE_ID,FILE,SUBJECT_ID,FACE_X,FACE_Y,FACE_WIDTH,FACE_HEIGHT\n5,v.pgm,2,1,1,3,3\n"
            "6,v.pgm,-1,1,1,3,3\n\n====\n6\n7\n");
  std::string names = "mc0", row = "4,a/a_1.pgm,1,1,1,1,3,3,0,0,0";
  for (int i = 1; i < 76; ++i) names += ",c" + std::to_string(i);
  for (int i = 11; i < 76; ++i) row += i % 3 == 1 ? ",0.9" : ",2";
  seeds.put("tables", "umdfaces", names + "\n" + row + "\n");
  seeds.put("tables", "scface", "spath,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\n001_cam1_1.pgm,1,1,4,1,3,3,1,4,4,4\n");
  seeds.put("csv", "quotes", "a,\"b \"\"c\"\"\",d\r\n\n\"e\nf\",,g\n");
}

void putSets(const Seeds& seeds) {
  const std::string between = "\n====\n";
  const std::string points = " 1 1 4 1 3 3 1 4 4 4 0.9\n";
  seeds.put("sets", "ijb",
            "j1.pgm 1 1\n2.pgm 2 2\n" + between + "1.pgm" + points + "2.pgm" + points + between + "1 2 1\n" +
                between + "T,S\n1,7\n");
  const std::string header = "TEMPLATE_ID,SUBJECT_ID,FILE,MEDIA_ID,FACE_X,FACE_Y,FACE_WIDTH,FACE_HEIGHT\n";
  seeds.put("sets", "ijba",
            "a" + header + "1,5,img/1.pgm,1,1,1,3,3\n2,5,img/1.pgm,1,,,,\n" + between + "1,2\n");
  seeds.put("sets", "ytf", "ya\\0\\1.pgm,0,3,3,2,2,0.0,1\n" + between + "a, b, c, d, e\n1, 1, a/0, a/0, 1\n");
  seeds.put("sets", "iqiyi", "qIQIYI_VID_TRAIN_1.mp4 12\n" + between + "12 IQIYI_VID_VAL_1.mp4\n");
  seeds.put("sets", "cross", "ca_1.pgm 1\na_2.pgm 1\na_1.pgm 0\nb_1.pgm 0\n");
  seeds.put("sets", "vggface2",
            "vNAME_ID,X,Y,W,H\n\"n000001/0001_01\",1,1,3,3\n" + between +
                "NAME_ID,P1X,P1Y,P2X,P2Y,P3X,P3Y,P4X,P4Y,P5X,P5Y\nn000001/0001_01,1,1,4,1,3,3,1,4,4,4\n" +
                between + "Class_ID,Name\nn000001,A\n");
  seeds.put("sets", "imdb", "iname,index,image,rect,height width,url\nA,nm1,a.pgm,1 1 4 4,5 6,u\n");
  seeds.put("sets", "celeb_list", "mm.1/1-F.pgm 3\n");
  seeds.put("sets", "celeb_tsv", "tm.1\t1\tu\tp\tF\tAAAA\tUDUgMSAxIDI1NQp4\n");
  seeds.put("sets", "activitynet",
            R"(n{"database":{"aaaaaaaaaaa":{"subset":"training","annotations":[)"
            R"({"label":"A","segment":[0.1,0.5]},{"label":"B","segment":[0,1e9]}]}}})");
  seeds.put("sets", "kinetics",
            "klabel,youtube_id,time_start,time_end,split\nA,aaaaaaaaaaa,0,1,train\n,b,1,2,test\n");
  seeds.put("sets", "ucf", "uArchery/v_a.avi 1\n" + between + "Archery/v_a.avi\n");
  seeds.put("sets", "hmdb", "ha.avi 1 \nb.avi 0 \n");
  datasets::MatWriter mat;
  mat.texts("probe_set", {"1_1.jpg", "2_1.jpg"});
  mat.numbers("probe_ids", {1, 2});
  seeds.put("mat", "probes", mat.file());
}

// What NumPy and pickle wrote of features, and lists of them.
void putNumbers(const Seeds& seeds) {
  const auto made = [](const std::string& name) {
    return readFile(fs::path(DISCERN_SOURCE_DIR) / "tests/golden/numbers" / name);
  };
  for (const char* name : {"arrays.pkl", "arrays_halves_5.pkl", "lists.pkl", "deepface.pkl"}) {
    seeds.put("pickle", name, made(name));
    seeds.put("numbers", name, made(name));
  }
  for (const char* name : {"one.npz", "bytes.npz", "objects.npz"}) seeds.put("npz", name, made(name));
  for (const char* name : {"half.npy", "double_fortran.npy"}) seeds.put("npy", name, made(name));
  seeds.put("numbers", "magface", "a/1.jpg 3.0 4.0 0.5 \nb c/2.jpg 0.25 -1e-1 nan \n");
  seeds.put("numbers", "table", "sample,path,identity,f0,f1\n1,a.jpg,anna,1,2\n2,b.jpg,ben,4,\n");
  seeds.put(
      "numbers", "ofiq",
      "Filename;UnifiedQualityScore;UnifiedQualityScore.scalar;assessment_time_in_ms;\na.jpg;26,5;78;512;\n"
      "b.jpg;0;-1;498;\n");
}

void putAll(const fs::path& root) {
  const Seeds seeds(root);
  putPickles(seeds);
  putTorchCode(seeds);
  putOwnFiles(seeds);
  putRecords(seeds);
  putTables(seeds);
  putSets(seeds);
  putNumbers(seeds);
  for (const char* name : {"tiny.npz", "tiny_deflated.npz"}) seeds.golden("npz", name);
  for (const char* name : {"tiny_ustar.tar", "tiny_gnu.tar", "tiny_pax.tar"}) seeds.golden("tar", name);
  seeds.golden("gzip", "tiny_pax.tar.gz");
  for (const char* name : {"tiny.onnx", "tiny_image.onnx", "tiny_linear.onnx"}) seeds.golden("onnx", name);
  seeds.golden("safetensors", "tiny.safetensors");
  seeds.put(
      "recipe", "toml",
      "rgb = true\nmean = [127.5, 127.5, 127.5]\nstd = 128\nsize = 112\noutput_layer = \"f\"\nflip = true\n");
  seeds.put(
      "recipe", "json",
      R"({"name":"x","rgb":false,"mean":[1,2,3],"std":[1,1,1],"size":16,"output_layer":"","flip":false})");
  for (const auto& [name, bytes] : imaging::testing::everyFormat()) seeds.put("image", name, bytes);

  const Folder folder;
  const auto file = folder.path() / "x.npy";
  data::saveNpy(file, data::Matrix(3, 2, 1.5F).view());
  seeds.put("npy", "matrix", readFile(file));
  seeds.put("project", "planted", readFile(plantProject(folder.path() / "planted") / "project.sqlite"));
  seeds.put("project_cells", "one", std::string("\5\1\1\2\3\4\n====\n[[1]]", 17));
}

}  // namespace
}  // namespace discern::fuzz

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  discern::fuzz::putAll(argv[1]);
  return 0;
}
