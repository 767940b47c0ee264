// A face library as Frigate keeps one, made of rendered people: unaligned crops of 20 to 60 pixels, 3 to 30 a
// person, some of them so blurred that nobody can be seen; and other crops of the same people, seen later.
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace discern::test {

struct FrigateLibrary {
  std::filesystem::path faces;    // clips/faces/NAME/*.webp and train/
  std::filesystem::path visits;   // visits/NAME/*.webp
  std::set<std::string> blurred;  // NAME/FILE of the crops that were planted
  int people = 0, crops = 0, attempts = 0;
};

// rendered: a folder a person of 112 pixel faces. The last `visits` images of each person are seen later, and
// of the others as many go into the library as make 3 to 30 from the first person to the last. blurred: how
// many persons get a planted crop. The same files give the same library.
FrigateLibrary makeFrigateLibrary(const std::filesystem::path& rendered, const std::filesystem::path& root,
                                  int visits, int blurred);

}  // namespace discern::test
