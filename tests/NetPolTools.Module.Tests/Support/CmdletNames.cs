namespace NetPolTools.Module.Tests.Support;

/// <summary>Every cmdlet by name, for theories.</summary>
public sealed class CmdletNames : TheoryData<string>
{
    public CmdletNames()
    {
        foreach (var cmdlet in Cmdlets.All)
            Add(cmdlet.Name);
    }
}
