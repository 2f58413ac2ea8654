package grpc.transport.nio.hpack;

import java.util.HashMap;
import java.util.Map;

/** The static table (RFC 7541 Appendix A). Indexes are 1-based. */
final class StaticTable {
  /** The number of entries; dynamic entries are numbered from here on. */
  static final int SIZE = 61;

  private static final String[] ENTRIES = {
    ":authority", "",
    ":method", "GET",
    ":method", "POST",
    ":path", "/",
    ":path", "/index.html",
    ":scheme", "http",
    ":scheme", "https",
    ":status", "200",
    ":status", "204",
    ":status", "206",
    ":status", "304",
    ":status", "400",
    ":status", "404",
    ":status", "500",
    "accept-charset", "",
    "accept-encoding", "gzip, deflate",
    "accept-language", "",
    "accept-ranges", "",
    "accept", "",
    "access-control-allow-origin", "",
    "age", "",
    "allow", "",
    "authorization", "",
    "cache-control", "",
    "content-disposition", "",
    "content-encoding", "",
    "content-language", "",
    "content-length", "",
    "content-location", "",
    "content-range", "",
    "content-type", "",
    "cookie", "",
    "date", "",
    "etag", "",
    "expect", "",
    "expires", "",
    "from", "",
    "host", "",
    "if-match", "",
    "if-modified-since", "",
    "if-none-match", "",
    "if-range", "",
    "if-unmodified-since", "",
    "last-modified", "",
    "link", "",
    "location", "",
    "max-forwards", "",
    "proxy-authenticate", "",
    "proxy-authorization", "",
    "range", "",
    "referer", "",
    "refresh", "",
    "retry-after", "",
    "server", "",
    "set-cookie", "",
    "strict-transport-security", "",
    "transfer-encoding", "",
    "user-agent", "",
    "vary", "",
    "via", "",
    "www-authenticate", "",
  };

  private static final Map<String, Integer> FIRST = firstOfEachName();

  private StaticTable() {}

  /** The name of the entry at 1..{@link #SIZE}. */
  static String name(int index) {
    return ENTRIES[2 * index - 2];
  }

  /** The value of the entry at 1..{@link #SIZE}. */
  static String value(int index) {
    return ENTRIES[2 * index - 1];
  }

  /** The first entry with this name, or 0. */
  static int find(String name) {
    Integer index = FIRST.get(name);
    return index == null ? 0 : index;
  }

  /** The entry with this value among those named as the entry {@code first}, or 0. */
  static int findValue(int first, String value) {
    String name = name(first);
    for (int i = first; i <= SIZE && name(i).equals(name); i++) { // entries of a name are adjacent
      if (value(i).equals(value)) {
        return i;
      }
    }
    return 0;
  }

  private static Map<String, Integer> firstOfEachName() {
    var first = new HashMap<String, Integer>();
    for (int i = 1; i <= SIZE; i++) {
      first.putIfAbsent(name(i), i);
    }
    return Map.copyOf(first);
  }
}
