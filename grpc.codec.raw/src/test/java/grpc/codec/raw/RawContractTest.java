package grpc.codec.raw;

import grpc.spi.codec.Codec;
import grpc.testing.contract.CodecContract;
import java.util.List;

class RawContractTest extends CodecContract<byte[]> {
  @Override
  protected Codec codec() {
    return new RawCodec();
  }

  @Override
  protected Class<byte[]> type() {
    return byte[].class;
  }

  @Override
  protected List<byte[]> messages() {
    return List.of(new byte[0], new byte[] {1, 2, 3}, new byte[100_000]);
  }
}
