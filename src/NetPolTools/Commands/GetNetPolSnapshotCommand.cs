using System.Management.Automation;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Reads manifests or objects once, to ask many questions of them.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolSnapshot", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolSnapshot))]
public sealed class GetNetPolSnapshotCommand : InputCommand
{
    private protected override void Answer(NetPolSnapshot snapshot) => WriteObject(snapshot);
}
