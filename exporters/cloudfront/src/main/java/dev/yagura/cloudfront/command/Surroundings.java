package dev.yagura.cloudfront.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Where the command runs.
 *
 * @param output gets the report and nothing else; unlike {@link System#out} it says when its reader
 *     has gone
 * @param width of the terminal in columns; asked only where there is one
 * @param nanoClock counts nanoseconds
 */
public record Surroundings(
    OutputStream output,
    boolean outputIsTerminal,
    PrintStream error,
    boolean errorIsTerminal,
    IntSupplier width,
    LongSupplier nanoClock) {

  /** This process. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        new FileOutputStream(FileDescriptor.out),
        Terminal.isTerminal(1),
        System.err,
        Terminal.isTerminal(2),
        Terminal::width,
        System::nanoTime);
  }
}
