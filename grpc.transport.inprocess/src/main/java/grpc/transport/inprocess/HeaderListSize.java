package grpc.transport.inprocess;

import grpc.api.Metadata;

/** What metadata takes of a header list, Σ(name + value + 32) (RFC 9113 §6.5.2). */
final class HeaderListSize {
  private HeaderListSize() {}

  static long of(Metadata metadata) {
    long size = 0;
    for (int i = 0; i < metadata.size(); i++) {
      int value =
          switch (metadata.value(i)) {
            case byte[] bytes -> (bytes.length * 4 + 2) / 3; // unpadded base64
            case Object text -> text.toString().length();
          };
      size += metadata.name(i).length() + value + 32;
    }
    return size;
  }
}
