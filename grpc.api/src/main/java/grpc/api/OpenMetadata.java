package grpc.api;

import grpc.api.wire.MetadataAccess;

/** Metadata as transports see it: names of all kinds, values without a copy. */
final class OpenMetadata extends MetadataAccess {
  @Override
  public Object[] entries(Object metadata) {
    return ((Metadata) metadata).entries();
  }

  @Override
  public Object metadata(Object[] entries) {
    return new Metadata(entries);
  }

  @Override
  public Object textKey(String name) {
    return MetadataKey.reserved(name);
  }

  @Override
  public Object binaryKey(String name) {
    return MetadataKey.reservedBinary(name);
  }
}
