namespace NetPolTools.Tests.Support;

/// <summary>How many examples tests make by chance.</summary>
internal static class ExampleCount
{
    /// <summary>How many times the ordinary number: more for a long run, set by the environment variable NETPOL_EXAMPLES.</summary>
    public static int Times { get; } = int.TryParse(Environment.GetEnvironmentVariable("NETPOL_EXAMPLES"), out var times) && times > 0 ? times : 1;
}
