using System.Collections.Immutable;
using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>Paths of rules and of their items. Policies have few of each, so a hundred thousand findings share some dozens of texts.</summary>
internal static class RulePaths
{
    private const int Few = 8;

    private const string PortsField = "ports";

    private static readonly PathsOfDirection Ingress = new("ingress", "from");
    private static readonly PathsOfDirection Egress = new("egress", "to");

    /// <summary><c>spec.ingress[0]</c>.</summary>
    public static string Of(PolicyDirection direction, int rule) => In(direction).Rule(rule);

    /// <summary><c>spec.ingress[0].from[1]</c>.</summary>
    public static string OfPeer(PolicyDirection direction, int rule, int peer) => In(direction).Peer(rule, peer);

    /// <summary><c>spec.ingress[0].ports[1]</c>.</summary>
    public static string OfPort(PolicyDirection direction, int rule, int port) => In(direction).Port(rule, port);

    private static PathsOfDirection In(PolicyDirection direction) => direction == PolicyDirection.Ingress ? Ingress : Egress;

    private sealed class PathsOfDirection
    {
        private readonly string _field;
        private readonly string _peersField;
        private readonly ImmutableArray<string> _rules;
        private readonly ImmutableArray<string> _peers;
        private readonly ImmutableArray<string> _ports;

        public PathsOfDirection(string field, string peersField)
        {
            (_field, _peersField) = (field, peersField);
            _rules = [.. Enumerable.Range(0, Few).Select(Make)];
            _peers = [.. Enumerable.Range(0, Few * Few).Select(both => Make(both / Few, peersField, both % Few))];
            _ports = [.. Enumerable.Range(0, Few * Few).Select(both => Make(both / Few, PortsField, both % Few))];
        }

        public string Rule(int rule) => rule < Few ? _rules[rule] : Make(rule);

        public string Peer(int rule, int peer) => rule < Few && peer < Few ? _peers[(rule * Few) + peer] : Make(rule, _peersField, peer);

        public string Port(int rule, int port) => rule < Few && port < Few ? _ports[(rule * Few) + port] : Make(rule, PortsField, port);

        private string Make(int rule) => $"spec.{_field}[{rule}]";

        private string Make(int rule, string items, int item) => $"{Make(rule)}.{items}[{item}]";
    }
}
