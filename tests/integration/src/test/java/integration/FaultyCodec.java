package integration;

import grpc.spi.codec.Codec;
import grpc.spi.codec.Compressor;
import grpc.spi.codec.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Another codec with a fault. */
record FaultyCodec(Codec good, Fault fault) implements Codec {
  @Override
  public String name() {
    return good.name();
  }

  @Override
  public <T> Marshaller<T> marshaller(Class<T> type) {
    fault.at("Codec.marshaller");
    return new FaultyMarshaller<>(good.marshaller(type), fault);
  }

  private record FaultyMarshaller<T>(Marshaller<T> good, Fault fault) implements Marshaller<T> {
    @Override
    public ByteBuffer marshal(T message) {
      fault.at("Marshaller.marshal");
      return good.marshal(message);
    }

    @Override
    public T unmarshal(ByteBuffer bytes) {
      fault.at("Marshaller.unmarshal");
      return good.unmarshal(bytes);
    }
  }

  /** A compressor with a fault. */
  record FaultyCompressor(Compressor good, Fault fault) implements Compressor {
    @Override
    public String encoding() {
      return good.encoding();
    }

    @Override
    public OutputStream compress(OutputStream sink) throws IOException {
      fault.at("Compressor.compress");
      return good.compress(sink);
    }

    @Override
    public InputStream decompress(InputStream source) throws IOException {
      fault.at("Compressor.decompress");
      return good.decompress(source);
    }
  }
}
