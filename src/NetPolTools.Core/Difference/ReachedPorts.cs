using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>What one end may reach of another on one side of a comparison.</summary>
/// <param name="Allowed">Allowed for sure.</param>
/// <param name="Undetermined">Of these it cannot be told.</param>
internal readonly record struct ReachedPorts(PortSet Allowed, PortSet Undetermined)
{
    public static readonly ReachedPorts None = new(PortSet.None, PortSet.None);
}
