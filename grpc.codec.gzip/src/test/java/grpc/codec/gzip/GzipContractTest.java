package grpc.codec.gzip;

import grpc.spi.codec.Compressor;
import grpc.testing.contract.CompressorContract;

class GzipContractTest extends CompressorContract {
  @Override
  protected Compressor compressor() {
    return new GzipCompressor();
  }
}
