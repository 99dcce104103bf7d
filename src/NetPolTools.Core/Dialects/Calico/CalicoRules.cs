using System.Text.RegularExpressions;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// What Calico refuses in its objects: the rules of libcalico-go/lib/validator/v3 from 3.28 to 3.33 and, since 3.32, of its CustomResourceDefinitions. In the
/// storage form Calico checks the same before it uses an object.
/// </summary>
public static partial class CalicoRules
{
    /// <summary>What some version refuses.</summary>
    public static IReadOnlyList<CalicoRefusal> Check(CalicoObject given)
    {
        var found = new CalicoRefusals();
        switch (given)
        {
            case CalicoPolicy policy:
                CalicoPolicyRules.Check(policy, found);
                break;
            case CalicoTier tier:
                CalicoNameRules.CheckTier(tier, found);
                break;
            case CalicoNetworkSet set:
                CalicoNameRules.CheckNetworkSet(set, found);
                CheckNets(set.Nets, found);
                break;
            case CalicoHostEndpoint endpoint:
                CheckHostEndpoint(endpoint, found);
                break;
            case CalicoStagedKubernetesPolicy staged:
                CheckStaged(staged, found);
                break;
        }

        return found.Found;
    }

    /// <summary>What every version refuses.</summary>
    public static IReadOnlyList<FieldError> CheckForAll(CalicoObject given) =>
        [.. Check(given).Where(static refusal => refusal.IsByAll).Select(static refusal => refusal.Error)];

    /// <summary>The addresses of a set: blocks, with or without bits behind the prefix, and single addresses.</summary>
    private static void CheckNets(IReadOnlyList<string> nets, CalicoRefusals found)
    {
        for (var i = 0; i < nets.Count; i++)
        {
            if (!AddressRange.TryParseCidr(nets[i], out _, out _, out _) && !NetAddress.TryParse(nets[i], out _))
                found.Add($"spec.nets[{i}]", $"'{Excerpt.Of(nets[i])}' is no CIDR block and no address; expected one such as 10.0.0.0/8 or fd00::/8.");
        }
    }

    private static void CheckHostEndpoint(CalicoHostEndpoint endpoint, CalicoRefusals found)
    {
        CalicoNameRules.CheckMetadata(endpoint.Metadata, found);
        if (string.IsNullOrEmpty(endpoint.Node))
            found.Add("spec.node", "The name of the node is required.");
        else if (NameRules.CheckSubdomain(endpoint.Node) is { } wrong)
            found.Add("spec.node", $"The node's name '{Excerpt.Of(endpoint.Node)}' {wrong}.");
        if (string.IsNullOrEmpty(endpoint.InterfaceName))
        {
            if (endpoint.ExpectedIPs.Count == 0)
                found.Add("spec", "An interfaceName or expectedIPs must be given.");
        }
        else if (endpoint.InterfaceName != CalicoHostEndpoint.AllInterfaces && !InterfacePattern().IsMatch(endpoint.InterfaceName))
        {
            found.Add(
                "spec.interfaceName",
                $"'{Excerpt.Of(endpoint.InterfaceName)}' is no name of an interface; expected '*', or 1 to 15 letters, digits, '_', '.' and '-'.");
        }

        for (var i = 0; i < endpoint.ExpectedIPs.Count; i++)
        {
            if (!NetAddress.TryParse(endpoint.ExpectedIPs[i], out _))
                found.Add($"spec.expectedIPs[{i}]", $"'{Excerpt.Of(endpoint.ExpectedIPs[i])}' is no address.");
        }

        for (var i = 0; i < endpoint.Profiles.Count; i++)
        {
            // Without the limit of length that names of objects have.
            if (!SubdomainPattern().IsMatch(endpoint.Profiles[i]))
                found.Add($"spec.profiles[{i}]", $"'{Excerpt.Of(endpoint.Profiles[i])}' is no name of a profile.");
        }

        for (var i = 0; i < endpoint.Ports.Count; i++)
            CheckPort(endpoint.Ports[i], $"spec.ports[{i}]", found);
    }

    private static void CheckPort(CalicoEndpointPort port, string path, CalicoRefusals found)
    {
        if (NameRules.CheckPortName(port.Name) is { } wrong)
            found.Add($"{path}.name", $"The port name '{Excerpt.Of(port.Name)}' {wrong}.");
        if (port.Protocol is not { HasPorts: true })
            found.Add($"{path}.protocol", "The protocol of a port must be TCP, UDP or SCTP.");
        if (port.Port is < PortSet.MinPort or > PortSet.MaxPort)
            found.Add($"{path}.port", $"Found {port.Port}; ports are numbers from 1 to 65535.");
    }

    private static void CheckStaged(CalicoStagedKubernetesPolicy staged, CalicoRefusals found)
    {
        if (staged.StagedAction is not null)
            CalicoPolicyRules.CheckStagedAction(staged.StagedAction, found);
        if (staged.StagedAction != CalicoPolicy.Delete)
        {
            found.AddAll(NetworkPolicyRules.Check(staged.Policy));
            return;
        }

        CalicoNameRules.CheckMetadata(staged.Metadata, found);
        if (staged.Policy is not { PodSelector.SelectsEverything: true, Ingress: null or [], Egress: null or [], PolicyTypes: null or [] })
            found.Add("spec.stagedAction", "With stagedAction Delete nothing else may be set.");
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_.-]{1,15}\z", RegexOptions.CultureInvariant)]
    private static partial Regex InterfacePattern();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SubdomainPattern();
}
