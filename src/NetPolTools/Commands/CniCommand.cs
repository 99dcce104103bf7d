using System.Collections;
using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Completion;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>A cmdlet that asks about the network plugin: of an input, or of the catalogue by name, or of policies on a plugin that is named.</summary>
public abstract class CniCommand : InputCommand
{
    private protected const string PluginSet = "Plugin";

    private CniVerdict? _named;

    [Parameter(Mandatory = true, ParameterSetName = PluginSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PluginCompleter))]
    public string? Plugin { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public override string[] Namespace { get; set; } = [];

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = ContextSet)]
    public SwitchParameter IncludeStaged { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = ContextSet)]
    [ValidateNotNull]
    public Hashtable? CiliumSetting { get; set; }

    // An empty pipeline leaves the parameters of a plugin that nobody has named.
    private protected override bool TakesInput => ParameterSetName != PluginSet || Plugin is null;

    private protected override void Prepare() => _named = Plugin is null ? null : Arguments.Plugin(this, Plugin);

    private protected override void AnswerWithoutInput() => Answer(new CniFindings(_named!, [], 0));

    private protected sealed override void Answer(NetPolSnapshot snapshot)
    {
        var question = new CniQuestion
        {
            Named = _named,
            Namespaces = Namespace,
            IncludesStaged = IncludeStaged,
            Cilium = Arguments.Cilium(this, CiliumSetting),
        };
        var answer = question.Ask(snapshot.Evaluator, ParameterWords.Default);
        WriteDiagnostics(answer);
        if (answer.Value is not { } findings)
        {
            EndWithoutAnswer();
            return;
        }

        Answer(findings);
        if (findings is { Verdict.Enforced: Enforcement.No, PolicyCount: > 0 })
        {
            var none = findings.PolicyCount == 1 ? "The NetworkPolicy of the input has no effect"
                : $"None of the {findings.PolicyCount} NetworkPolicies of the input has an effect";
            WriteWarning($"{none}: {findings.Verdict.Reason}");
        }
    }

    private protected abstract void Answer(CniFindings findings);
}
