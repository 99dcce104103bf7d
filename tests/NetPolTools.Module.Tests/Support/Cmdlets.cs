using NetPolTools.HelpWriter.Facts;

namespace NetPolTools.Module.Tests.Support;

/// <summary>The module's cmdlets.</summary>
internal static class Cmdlets
{
    public static IReadOnlyList<Cmdlet> All { get; } = Cmdlet.In(typeof(Commands.NetPolCommand).Assembly);

    public static Cmdlet Named(string name) => All.Single(cmdlet => cmdlet.Name == name);
}
