using System.Globalization;

namespace NetPolTools.Tests.Support;

/// <summary>
/// Where examples made by chance begin. Every run makes the same ones, so that a failure is that of a change; NETPOL_SEED=random makes others, and
/// NETPOL_SEED=number makes those of a run again that failed and named its number.
/// </summary>
internal static class Seeds
{
    public const string Variable = "NETPOL_SEED";

    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    public static ulong OfRun { get; } = Parse(Environment.GetEnvironmentVariable(Variable));

    /// <param name="text">As the variable has it; null or empty for the seed that runs have by default.</param>
    /// <exception cref="FormatException">Neither a whole number from 0 to 18446744073709551615 nor "random".</exception>
    public static ulong Parse(string? text) => text switch
    {
        null or "" => 0,
        "random" => (ulong)Random.Shared.NextInt64(),
        _ => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture),
    };

    /// <summary>Each property has examples of its own: the FNV-1a hash of its name, which is the same in every run, unlike .NET's.</summary>
    public static ulong Of(string property, ulong run)
    {
        var hash = FnvOffset ^ run;
        foreach (var letter in property)
            hash = (hash ^ letter) * FnvPrime;
        return hash;
    }
}
