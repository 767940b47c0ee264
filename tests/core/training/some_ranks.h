// Several ranks in one process, a thread each: they talk over loopback as processes do.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <exception>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/parallel.h"
#include "core/training/ranks.h"

namespace discern::training {

// A port of this machine that nobody had a moment ago.
inline int freePort() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), length);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  ::close(socket);
  return ntohs(address.sin_port);
}

inline Place placeAt(int rank, int ranks, int port) {
  Place place;
  place.rank = rank;
  place.ranks = ranks;
  place.port = port;
  return place;
}

// What each of them said when it ended: an error's sentence, "cancelled", or nothing.
inline std::vector<std::string> withRanks(int count, const std::function<void(Ranks&)>& work) {
  const int port = freePort();
  setThreadCount(1);  // they share the processors
  std::vector<std::string> said(static_cast<std::size_t>(count));
  std::vector<std::jthread> threads;
  for (int rank = 0; rank < count; ++rank)
    threads.emplace_back([&, rank] {
      auto& mine = said[static_cast<std::size_t>(rank)];
      try {
        together(placeAt(rank, count, port), {}, "", [&](Ranks* ranks) { work(*ranks); });
      } catch (const std::exception& error) {
        mine = error.what();
      }
    });
  threads.clear();
  return said;
}

}  // namespace discern::training
