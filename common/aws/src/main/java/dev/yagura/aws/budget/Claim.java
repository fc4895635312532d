package dev.yagura.aws.budget;

/**
 * Something that would be asked again and again.
 *
 * @param query what it is: a metric of CloudWatch with its namespace
 * @param importance the least important are shed first
 * @param dollarsPerMonth what it would cost
 */
public record Claim(String query, Importance importance, double dollarsPerMonth) {}
