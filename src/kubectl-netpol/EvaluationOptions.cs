using System.CommandLine;
using System.CommandLine.Parsing;
using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Listing;

namespace NetPolTools.Kubectl;

/// <summary>The options of every command that evaluates policies: how to read the input, what the API leaves open, what a line stands for.</summary>
/// <param name="aboutNamespace">What a namespace makes of the answer, as a clause.</param>
/// <param name="withBy">Whether there are lines that can stand for something.</param>
/// <param name="withCni">Whether the answer is about what a cluster does, and not only about what policies say.</param>
/// <param name="aboutStaged">What staged policies make of the answer.</param>
internal sealed class EvaluationOptions(
    string aboutNamespace,
    bool withBy = true,
    bool withCni = false,
    string aboutStaged = "Answer as if Calico's staged policies were in effect: each in the place of the policy of its name, or, with stagedAction Delete, "
        + "without that policy.")
{
    private readonly Option<CniChoice?> _cni = PluginOption.Create(
        "--cni",
        "Answer for a cluster with this network plugin, such as flannel or cilium@1.15, or for one that does all that policies say: enforcing. Without it, for "
            + "the plugin that the input shows; netpol cni tells more.",
        CniChoice.Parse);

    private readonly NamespaceOption _namespace = new(aboutNamespace);

    private readonly Option<GroupBy> _by = new("--by") { Description = "What a line stands for.", DefaultValueFactory = _ => GroupBy.Workload };

    private readonly Option<bool> _ipBlockIgnoresPods = new("--ipblock-ignores-pods")
    {
        Description = "An ipBlock does not match pods inside it, as with Cilium's defaults; most other plugins let it.",
    };

    private readonly Option<bool> _staged = Staged(aboutStaged);

    private readonly Option<GivenCiliumSettings?> _cilium = CiliumSetting();

    public static Option<bool> Staged(string description) => new("--staged") { Description = description };

    public static Option<GivenCiliumSettings?> CiliumSetting() => new("--cilium-setting")
    {
        Description = "A setting of Cilium that is to count, whatever the ConfigMap cilium-config of the input says, such as enable-policy=always. May be "
            + "given several times. --verbose tells the settings that the answer goes by.",
        HelpName = "key=value",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = static result => OptionText.Parse(result, GivenCiliumSettings.Parse),
    };

    public void AddTo(Command command)
    {
        _namespace.AddTo(command);
        if (withBy)
            command.Add(_by);
        command.Add(_ipBlockIgnoresPods);
        command.Add(_staged);
        if (withCni)
            command.Add(_cni);
        command.Add(_cilium);
    }

    public bool IncludesStaged(ParseResult result) => result.GetValue(_staged);

    /// <inheritdoc cref="IncludesStaged(ParseResult)"/>
    public bool IncludesStaged(CommandResult result) => result.GetValue(_staged);

    /// <summary>Whether any of them is given that says something of the cluster.</summary>
    public bool AreAssumptionsGiven(CommandResult result) =>
        new Option[] { _ipBlockIgnoresPods, _staged, _cni, _cilium }.Any(option => result.GetResult(option) is { Implicit: false });

    public bool IsNamespaceGiven(CommandResult result) => _namespace.IsGiven(result);

    public AskedNamespace Namespace(ParseResult result) => _namespace.Of(result);

    public GroupBy By(ParseResult result) => result.GetValue(_by);

    public bool IsByNamespace(CommandResult result) => result.GetValue(_by) == GroupBy.Namespace;

    /// <summary>What the options say of the cluster that the input does not. Without a plugin in question, policies do what they say.</summary>
    public Assumptions Assumptions(ParseResult result) => new()
    {
        Cni = withCni ? result.GetValue(_cni) ?? CniChoice.Detected : CniChoice.Enforcing,
        IncludesStaged = result.GetValue(_staged),
        IPBlockIgnoresPods = result.GetValue(_ipBlockIgnoresPods),
        Cilium = result.GetValue(_cilium) ?? GivenCiliumSettings.None,
    };
}
