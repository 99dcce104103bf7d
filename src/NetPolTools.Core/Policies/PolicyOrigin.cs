using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Policies;

/// <summary>The object that a policy comes from.</summary>
/// <param name="Dialect">The name of the dialect that translated it: <see cref="PolicyDialect.Name"/>.</param>
/// <param name="Object">As read.</param>
public sealed record PolicyOrigin(string Dialect, KubernetesObject Object)
{
    public ObjectReference Reference => Object.Reference;

    public SourceLocation Location => Object.Location;
}
