@{
    RootModule = 'NetPolTools.dll'
    ModuleVersion = '0.1.0'
    GUID = 'b0f7c0ce-6a1f-4a55-9b5c-0f6c2a5d3d1e'
    Author = 'The NetPolTools authors'
    Description = 'Who can talk to whom in a Kubernetes cluster, on which ports, and which line of which NetworkPolicy says so.'
    PowerShellVersion = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess = @('NetPolTools.Format.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport = @(
        'Compare-NetPolReachability', 'ConvertTo-NetPolPolicy', 'Export-NetPolYaml', 'Get-NetPolCniSupport', 'Get-NetPolIsolation',
        'Get-NetPolReachability', 'Get-NetPolSnapshot', 'New-DefaultDenyPolicy', 'New-NetPolPeer', 'New-NetPolPolicy', 'New-NetPolRule',
        'Test-NetPolCniSupport', 'Test-NetPolReachability'
    )
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{
        PSData = @{
            Tags = @('Kubernetes', 'NetworkPolicy', 'kubectl', 'security', 'audit', 'CNI', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
