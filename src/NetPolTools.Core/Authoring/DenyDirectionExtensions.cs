namespace NetPolTools.Authoring;

internal static class DenyDirectionExtensions
{
    public static bool ClosesIngress(this DenyDirection direction) => direction != DenyDirection.Egress;

    public static bool ClosesEgress(this DenyDirection direction) => direction != DenyDirection.Ingress;

    /// <summary>Spelled out, since absent ones would leave egress open.</summary>
    public static string[] PolicyTypes(this DenyDirection direction) => PolicyTypesOf(direction.ClosesIngress(), direction.ClosesEgress());

    /// <inheritdoc cref="PolicyTypes"/>
    public static string[] PolicyTypesOf(bool ingress, bool egress) => (ingress, egress) switch
    {
        (true, true) => ["Ingress", "Egress"],
        (true, false) => ["Ingress"],
        (false, true) => ["Egress"],
        _ => [],
    };
}
