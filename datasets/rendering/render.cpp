#include "datasets/rendering/render.h"

#include <opencv2/imgproc.hpp>

#include "core/base/rng.h"
#include "datasets/rendering/occluders.h"
#include "datasets/rendering/raster.h"
#include "datasets/rendering/scene.h"
#include "datasets/rendering/skin.h"

namespace discern::rendering {
namespace {

struct Light {
  V3 direction;  // towards the light, camera frame
  V3 half;       // between it and the viewer
  V3 key, ambient;
};

Light lightOf(const Nuisance& n) {
  Light light;
  light.direction = normalized({1.3F * n.lightX, 1.3F * n.lightY, 1});
  light.half = normalized(light.direction + V3{0, 0, 1});
  const V3 tint{1 + 0.22F * n.lightWarmth, 1, 1 - 0.28F * n.lightWarmth};
  light.key = tint * (1.25F * (1 - n.ambient));
  light.ambient = V3{1, 1.01F, 1.03F} * (0.95F * n.ambient);
  return light;
}

struct Shading {
  V3 normal, albedo;
  float gloss = 0;
  int sharpness = 4;             // the highlight's exponent is two to this
  V3 wrap{0.05F, 0.05F, 0.05F};  // light that bleeds past the terminator, per channel
};

V3 shade(const Shading& s, const Light& light, float open, float lit) {
  const float facing = dot(s.normal, light.direction);
  const auto diffuse = [&](float wrap) { return std::max(0.0F, (facing + wrap) / (1 + wrap)); };
  const V3 key =
      V3{diffuse(s.wrap.x), diffuse(s.wrap.y), diffuse(s.wrap.z)} * light.key * (lit * mix(0.6F, 1, open));
  const V3 sky = light.ambient * (open * (0.86F + 0.2F * s.normal.y + 0.1F * s.normal.z));
  float highlight = std::max(0.0F, dot(s.normal, light.half));
  for (int i = 0; i < s.sharpness; ++i) highlight *= highlight;
  const float grazing = square(square(1 - clamp01(s.normal.z)));
  const float shine = s.gloss * (0.085F * highlight * lit + 0.03F * grazing * open);
  return s.albedo * (key + sky) + (light.key + light.ambient * 0.3F) * shine;
}

// Megabytes that each image needs again.
struct Workspace {
  Scene scene;
  std::vector<Pixel> pixels;
  std::vector<float> openness;
};

class Painter {
 public:
  Painter(const HeadModel& head, const Nuisance& n, std::uint64_t imageSeed, int size, Workspace& workspace)
      : head_(head),
        nuisance_(n),
        camera_(head, n, size),
        light_(lightOf(n)),
        size_(size),
        scene_(workspace.scene),
        pixels_(workspace.pixels),
        openness_(workspace.openness) {
    Rng rng(mixSeed(imageSeed, "scene"));
    eye_.gazeX = static_cast<float>(1.1 * rng.normal());
    eye_.gazeY = static_cast<float>(0.5 * rng.normal());
    eye_.closed = clamp01(n.eyesClosed + 0.15F * n.smile);
    eye_.sparkX = 2.2F * n.lightX;
    eye_.sparkY = 1.2F + 1.4F * n.lightY;
    eye_.sparkle = 1.1F - n.ambient * 0.5F;
    maskKind_ = static_cast<int>(rng.below(3));
    hat_ = rgb(static_cast<float>(rng.uniform(15, 200)), static_cast<float>(rng.uniform(15, 200)),
               static_cast<float>(rng.uniform(15, 200)));
  }

  cv::Mat paint(std::uint64_t imageSeed) {
    image_ = background(imageSeed);
    pixels_.assign(static_cast<std::size_t>(size_) * size_, {});
    buildScene(head_, nuisance_, camera_, scene_);
    drawTriangles(0);
    if (nuisance_.occlusion > 0 && nuisance_.occluder == 2) putOnHat();
    computeOpenness();
    computeShadow();
    for (int i = 0; i < size_ * size_; ++i)
      if (pixels_[static_cast<std::size_t>(i)].triangle >= 0) store(i, shadePixel(i));
    if (nuisance_.glasses > 0) putOnGlasses();
    if (nuisance_.occlusion > 0 && nuisance_.occluder != 2) holdHand(imageSeed);
    return image_;
  }

 private:
  void store(int i, V3 c) { image_.ptr<cv::Vec3f>()[i] = {c.x, c.y, c.z}; }

  cv::Mat background(std::uint64_t imageSeed) const {
    Rng rng(mixSeed(imageSeed, "background"));
    const auto shadeOf = [&] { return static_cast<float>(rng.uniform(0.03, 0.75)); };
    const V3 first{shadeOf(), shadeOf(), shadeOf()}, second{shadeOf(), shadeOf(), shadeOf()};
    const float grey = static_cast<float>(rng.uniform(0.55, 0.97)),
                busy = static_cast<float>(rng.uniform(0.05, 0.6));
    cv::Mat coarse(7, 7, CV_32FC3);
    for (int y = 0; y < 7; ++y)
      for (int x = 0; x < 7; ++x) {
        const float t = clamp01(0.16F * static_cast<float>(y) + busy * static_cast<float>(rng.normal()));
        V3 c = mix(first, second, t);
        const float mean = (c.x + c.y + c.z) / 3;
        c = mix(c, V3{mean, mean, mean}, grey);
        coarse.at<cv::Vec3f>(y, x) = {c.x, c.y, c.z};
      }
    cv::Mat image;
    cv::resize(coarse, image, {size_, size_}, 0, 0, cv::INTER_CUBIC);
    const float gain = 0.45F + 0.55F * nuisance_.ambient;
    image = cv::max(image, 0.01F) * gain;
    return image;
  }

  void drawTriangles(std::size_t first) {
    const auto& corners = scene_.corners;
    const HairStyle style = head_.look.hairStyle;
    const bool overhanging = style == HairStyle::Quiff || style == HairStyle::Curly;  // seen from below, too
    for (std::size_t t = first; t < scene_.triangles.size(); ++t) {
      const Triangle& triangle = scene_.triangles[t];
      const Corner& p = corners[static_cast<std::size_t>(triangle.a)];
      const Corner& q = corners[static_cast<std::size_t>(triangle.b)];
      const Corner& r = corners[static_cast<std::size_t>(triangle.c)];
      const Part part = triangle.part;
      const bool edged =
          part == Part::Hair || part == Part::Curtain || part == Part::Hat || part == Part::Mask;
      const bool twoSided = part == Part::Ear || part == Part::Curtain || (part == Part::Hair && overhanging);
      scanTriangle(p, q, r, size_, twoSided, [&](int i, float z, float b, float c) {
        Pixel& pixel = pixels_[static_cast<std::size_t>(i)];
        if (z <= pixel.z) return;
        if (edged) {
          float cover = p.cover + b * (q.cover - p.cover) + c * (r.cover - p.cover);
          if (part == Part::Hair || part == Part::Curtain) {
            const Pixel here{z, static_cast<int>(t), b, c};
            const float u = interpolate(here, [](const Vertex& vertex) { return vertex.u; });
            const float v = interpolate(here, [](const Vertex& vertex) { return vertex.v; });
            cover += 2.2F * valueNoise(u * 420, v * 22, head_.look.noiseSeed);
          }
          if (cover < 0) return;
        }
        pixel = {z, static_cast<int>(t), b, c};
      });
    }
  }

  template <typename Get>
  float interpolate(const Pixel& pixel, Get get) const {
    const Triangle& t = scene_.triangles[static_cast<std::size_t>(pixel.triangle)];
    const float a = get(scene_.vertices[static_cast<std::size_t>(t.a)]);
    return a + pixel.b * (get(scene_.vertices[static_cast<std::size_t>(t.b)]) - a) +
           pixel.c * (get(scene_.vertices[static_cast<std::size_t>(t.c)]) - a);
  }

  // Pixels of the face proper, from chin to hairline and
  // ear to ear: the share of an occlusion refers to them.
  std::vector<int> facePixels(int step) const {
    std::vector<int> face;
    for (int i = 0; i < size_ * size_; i += step) {
      const Pixel& pixel = pixels_[static_cast<std::size_t>(i)];
      if (pixel.triangle < 0) continue;
      const Part part = scene_.triangles[static_cast<std::size_t>(pixel.triangle)].part;
      if (part != Part::Skin && part != Part::Mask) continue;
      const float y = interpolate(pixel, [](const Vertex& v) { return v.y0; });
      const float u = interpolate(pixel, [](const Vertex& v) { return v.u; });
      if (y < 62 && std::abs(u - 0.5F) < 0.27F) face.push_back(i);
    }
    return face;
  }

  void putOnHat() {
    std::vector<float> heights;
    for (const int i : facePixels(3))
      heights.push_back(
          interpolate(pixels_[static_cast<std::size_t>(i)], [](const Vertex& v) { return v.y0; }));
    if (heights.empty()) return;
    const auto k =
        static_cast<std::size_t>((1 - nuisance_.occlusion) * static_cast<float>(heights.size() - 1));
    std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(k), heights.end());
    const std::size_t first = scene_.triangles.size();
    addHat(head_, heights[k], camera_, scene_);
    drawTriangles(first);
  }

  // How much of the sky a pixel sees, from how far it lies behind its neighbourhood (two sizes).
  void computeOpenness() {
    cv::Mat depth(size_, size_, CV_32F), inside(size_, size_, CV_32F);
    auto* z = depth.ptr<float>();
    auto* in = inside.ptr<float>();
    for (int i = 0; i < size_ * size_; ++i) {
      const Pixel& pixel = pixels_[static_cast<std::size_t>(i)];
      in[i] = pixel.triangle >= 0 ? 1.0F : 0.0F;
      z[i] = pixel.triangle >= 0 ? pixel.z : 0.0F;
    }
    openness_.assign(pixels_.size(), 1);
    cv::Mat sum, count;
    for (const auto& [millimetres, strength] : {std::pair{7.0F, 0.055F}, std::pair{22.0F, 0.016F}}) {
      const int width = 2 * static_cast<int>(millimetres * camera_.pixelsPerMillimetre()) + 1;
      cv::boxFilter(depth, sum, CV_32F, {width, width}, {-1, -1}, false);
      cv::boxFilter(inside, count, CV_32F, {width, width}, {-1, -1}, false);
      for (int i = 0; i < size_ * size_; ++i) {
        if (in[i] == 0.0F) continue;
        const float behind = std::clamp(sum.ptr<float>()[i] / count.ptr<float>()[i] - z[i], -3.0F, 25.0F);
        openness_[static_cast<std::size_t>(i)] *= std::clamp(1 - strength * behind, 0.35F, 1.08F);
      }
    }
  }

  // Marches from each second pixel towards the light through the depth image.
  void computeShadow() {
    const int half = size_ / 2;
    cv::Mat lit(half, half, CV_32F, cv::Scalar(1));
    const float mm = camera_.pixelsPerMillimetre();
    const V3 l = light_.direction;
    for (int y = 0; y < half; ++y)
      for (int x = 0; x < half; ++x) {
        const Pixel& start = pixels_[static_cast<std::size_t>(2 * y * size_ + 2 * x)];
        if (start.triangle < 0) continue;
        float shadow = 0;
        for (float reach = 4; reach < 52; reach *= 1.42F) {
          const int px = 2 * x + static_cast<int>(l.x * reach * mm),
                    py = 2 * y - static_cast<int>(l.y * reach * mm);
          if (px < 0 || py < 0 || px >= size_ || py >= size_) break;
          const float over = pixels_[static_cast<std::size_t>(py * size_ + px)].z - (start.z + l.z * reach);
          if (over > 0 && over < 60) shadow = std::max(shadow, smoothStep(1, 7, over));
        }
        lit.at<float>(y, x) = 1 - 0.72F * shadow;
      }
    cv::blur(lit, lit, {5, 5});
    cv::resize(lit, lit_, {size_, size_}, 0, 0, cv::INTER_LINEAR);
  }

  V3 texture(float u, float v) const {
    const float x = u * (kTextureWidth - 1), y = v * (kTextureHeight - 1);
    const int ix = std::clamp(static_cast<int>(x), 0, kTextureWidth - 2);
    const int iy = std::clamp(static_cast<int>(y), 0, kTextureHeight - 2);
    const float fx = x - static_cast<float>(ix), fy = y - static_cast<float>(iy);
    const Texel* t =
        &head_.albedo[static_cast<std::size_t>(iy) * kTextureWidth + static_cast<std::size_t>(ix)];
    const float a = (1 - fx) * (1 - fy), b = fx * (1 - fy), c = (1 - fx) * fy, d = fx * fy;
    const auto blend = [&](std::uint8_t Texel::*m) {
      return square((a * t[0].*m + b * t[1].*m + c * t[kTextureWidth].*m + d * t[kTextureWidth + 1].*m) /
                    255);
    };
    return {blend(&Texel::r), blend(&Texel::g), blend(&Texel::b)};
  }

  void skinSurface(float u, float v, float x0, float y0, Shading& s) const {
    Surface surface{texture(u, v), 1, false, {}};
    if (std::abs(u - 0.5F) < 0.22F) {
      drawMouthInside(head_, nuisance_.mask ? 0 : nuisance_.mouthOpen, x0, y0, surface);
      drawEye(head_, eye_, x0, y0, surface);
    } else if (nuisance_.mask && std::abs(u - 0.5F) < 0.35F) {  // the loops to the ears
      const float t = smoothStep(40, 74, std::abs(x0));
      const float d = std::min(std::abs(y0 - mix(-26, -6, t)), std::abs(y0 - mix(-74, -28, t)));
      surface.albedo = mix(surface.albedo, rgb(225, 228, 230), smoothStep(1.9F, 1, d));
    }
    s.albedo = surface.albedo;
    s.gloss = surface.gloss * head_.look.oiliness;
    s.wrap = {0.30F, 0.15F, 0.10F};
    if (surface.eyeball) {
      s.normal = normalized(mix(s.normal, camera_.rotated(surface.normal), 0.7F));
      s.gloss = 0;
    }
  }

  void hairSurface(Part part, float u, float v, Shading& s) const {
    const auto seed = head_.look.noiseSeed + 71;
    const float across = part == Part::Hair ? 170.0F : 120.0F, along = part == Part::Hair ? 9.0F : 3.0F;
    float strand = 0.65F * valueNoise(u * across, v * along, seed) +
                   0.5F * valueNoise(u * across * 2.7F, v * along * 1.5F, seed + 1);
    if (head_.look.hairStyle == HairStyle::Curly)
      strand = 0.9F * valueNoise(u * 90, v * 45, seed) + 0.4F * valueNoise(u * 200, v * 100, seed + 1);
    s.albedo = head_.look.hair * std::max(0.25F, 1 + 0.5F * strand);
    s.gloss = 0.75F + 0.9F * strand;
    s.sharpness = 3;
    s.wrap = {0.2F, 0.2F, 0.2F};
    s.normal = normalized(s.normal + V3{0.16F * strand, 0, 0});
  }

  V3 shadePixel(int i) const {
    const Pixel& pixel = pixels_[static_cast<std::size_t>(i)];
    const Triangle& t = scene_.triangles[static_cast<std::size_t>(pixel.triangle)];
    const Vertex& p = scene_.vertices[static_cast<std::size_t>(t.a)];
    const Vertex& q = scene_.vertices[static_cast<std::size_t>(t.b)];
    const Vertex& r = scene_.vertices[static_cast<std::size_t>(t.c)];
    const float a = 1 - pixel.b - pixel.c;
    const auto at = [&](float Vertex::*m) { return a * p.*m + pixel.b * q.*m + pixel.c * r.*m; };
    const float u = at(&Vertex::u), v = at(&Vertex::v), x0 = at(&Vertex::x0), y0 = at(&Vertex::y0);
    Shading s;
    s.normal = normalized(p.normal * a + q.normal * pixel.b + r.normal * pixel.c);
    if (s.normal.z < 0) s.normal = s.normal * -1.0F;
    switch (t.part) {
      case Part::Skin:
        skinSurface(u, v, x0, y0, s);
        break;
      case Part::Neck:
        s.albedo =
            y0 + 0.0016F * x0 * x0 < -150 ? head_.look.shirt : head_.look.skin * V3{0.92F, 0.88F, 0.86F};
        s.wrap = {0.25F, 0.14F, 0.1F};
        break;
      case Part::Ear:
        s.albedo = head_.look.skin * V3{1, 0.86F, 0.82F} * mix(0.6F, 1.05F, smoothStep(0.1F, 0.7F, v));
        s.gloss = 0.7F;
        s.wrap = {0.6F, 0.4F, 0.35F};
        break;
      case Part::Hair:
      case Part::Curtain:
        hairSurface(t.part, u, v, s);
        break;
      case Part::Hat: {
        const float knit = std::sin(u * 420) * 0.16F + 0.06F * valueNoise(u * 300, v * 200, 5);
        s.albedo = hat_ * (1 + knit) * (y0 < 28 && y0 > 26 ? 0.55F : 1.0F);
        break;
      }
      case Part::Mask: {
        constexpr std::array<V3, 3> colours{V3{0.42F, 0.62F, 0.74F}, V3{0.78F, 0.79F, 0.80F},
                                            V3{0.03F, 0.03F, 0.035F}};
        const float pleat = smoothStep(0.75F, 1, std::sin(y0 * 0.42F)) * smoothStep(50, 40, std::abs(x0));
        s.albedo = colours[static_cast<std::size_t>(maskKind_)] * (1 - 0.25F * pleat);
        break;
      }
      case Part::Glasses:
        break;
    }
    return shade(s, light_, openness_[static_cast<std::size_t>(i)], lit_.ptr<float>()[i]);
  }

  void putOnGlasses() {
    const GlassesLook look = glassesLook(head_, nuisance_.glasses == 2);
    Scene glasses;
    addGlasses(head_, camera_, glasses);
    for (const Triangle& t : glasses.triangles) {
      const auto ia = static_cast<std::size_t>(t.a), ib = static_cast<std::size_t>(t.b),
                 ic = static_cast<std::size_t>(t.c);
      const Corner& corner = glasses.corners[ia];
      const Vertex &p = glasses.vertices[ia], &q = glasses.vertices[ib], &r = glasses.vertices[ic];
      scanTriangle(corner, glasses.corners[ib], glasses.corners[ic], size_, true,
                   [&](int i, float z, float b, float c) {
                     if (z <= pixels_[static_cast<std::size_t>(i)].z) return;
                     GlassesPoint point{look.frame, 1};
                     if (corner.cover < 1.5F)
                       point = glassesPoint(look, p.x0 + b * (q.x0 - p.x0) + c * (r.x0 - p.x0),
                                            p.y0 + b * (q.y0 - p.y0) + c * (r.y0 - p.y0),
                                            0.5F / camera_.pixelsPerMillimetre());
                     if (point.alpha <= 0) return;
                     const auto& old = image_.ptr<cv::Vec3f>()[i];
                     const V3 lit = point.colour * (light_.key * 0.8F + light_.ambient);
                     store(i, mix(V3{old[0], old[1], old[2]}, lit, point.alpha));
                   });
    }
  }

  void holdHand(std::uint64_t imageSeed) {
    const float mm = camera_.pixelsPerMillimetre();
    const Hand hand = placeHand(mixSeed(imageSeed, "hand"), facePixels(5), size_, mm, nuisance_.occlusion);
    Shading s;
    s.gloss = 0.6F;
    s.wrap = {0.3F, 0.15F, 0.1F};
    for (int y = 0; y < size_; ++y)
      for (int x = 0; x < size_; ++x) {
        HandPoint point;
        if (!hand.at(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F, point)) continue;
        s.normal = point.normal;
        s.albedo =
            mix(head_.look.skin, rgb(205, 150, 135) * head_.look.skin * 1.6F, point.nail ? 0.8F : 0.0F);
        store(y * size_ + x, shade(s, light_, point.open, 1));
      }
  }

  const HeadModel& head_;
  const Nuisance& nuisance_;
  Camera camera_;
  Light light_;
  int size_;
  EyeState eye_;
  int maskKind_ = 0;
  V3 hat_;
  Scene& scene_;
  std::vector<Pixel>& pixels_;
  std::vector<float>& openness_;
  cv::Mat image_, lit_;
};

}  // namespace

cv::Mat renderScene(const HeadModel& head, const Nuisance& nuisance, std::uint64_t imageSeed, int size) {
  const int sampled = 2 * size;  // four samples a pixel
  thread_local Workspace workspace;
  const cv::Mat fine = Painter(head, nuisance, imageSeed, sampled, workspace).paint(imageSeed);
  cv::Mat image;
  cv::resize(fine, image, {size, size}, 0, 0, cv::INTER_AREA);
  return image;
}

}  // namespace discern::rendering
