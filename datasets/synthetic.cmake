# The sources of the synthetic faces, for datasets/CMakeLists.txt.
set(DISCERN_SYNTHETIC_SOURCES
  synthetic_faces.cpp
  synthetic_head.cpp
  synthetic_occluders.cpp
  synthetic_render.cpp
  synthetic_scene.cpp
  synthetic_skin.cpp
  synthetic_truth.cpp)
