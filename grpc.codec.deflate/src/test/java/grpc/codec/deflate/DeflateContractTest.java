package grpc.codec.deflate;

import grpc.spi.codec.Compressor;
import grpc.testing.contract.CompressorContract;

class DeflateContractTest extends CompressorContract {
  @Override
  protected Compressor compressor() {
    return new DeflateCompressor();
  }
}
