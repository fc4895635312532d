/**
 * AWS in this JVM, for tests: accounts and regions with a state that the test makes, behind the
 * wire protocols that the SDK speaks. A new service is a class that implements {@code
 * ServiceDouble}, a line in {@code AwsService} and a method of {@link
 * dev.yagura.testing.aws.AccountDouble}.
 */
@NullMarked
package dev.yagura.testing.aws;

import org.jspecify.annotations.NullMarked;
