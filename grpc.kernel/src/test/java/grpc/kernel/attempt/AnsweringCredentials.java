package grpc.kernel.attempt;

import grpc.api.CallCredentials;
import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.SecurityLevel;
import java.io.IOException;

/** Credentials whose class has a name that stays, as a lambda's has not. */
record AnsweringCredentials(CallCredentials by, SecurityLevel requiredSecurity)
    implements CallCredentials {
  AnsweringCredentials(CallCredentials by) {
    this(by, SecurityLevel.PRIVACY_AND_INTEGRITY);
  }

  static CallOptions with(CallCredentials credentials) {
    return CallOptions.DEFAULT.withCallCredentials(new AnsweringCredentials(credentials));
  }

  @Override
  public Metadata metadata(Attempt attempt) throws IOException, InterruptedException {
    return by.metadata(attempt);
  }

  @Override
  public String toString() {
    throw new AssertionError("what it says of itself may be the secret");
  }
}
