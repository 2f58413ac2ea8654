package grpc.codec.protobuf;

import com.google.protobuf.StringValue;
import grpc.spi.codec.Codec;
import grpc.testing.contract.CodecContract;
import java.util.List;

class ProtoContractTest extends CodecContract<StringValue> {
  @Override
  protected Codec codec() {
    return new ProtoCodec();
  }

  @Override
  protected Class<StringValue> type() {
    return StringValue.class;
  }

  @Override
  protected List<StringValue> messages() {
    return List.of(
        StringValue.getDefaultInstance(),
        StringValue.of("text"),
        StringValue.of("x".repeat(100_000)));
  }
}
