BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    Push-Location $repository

    # Variables of the session proper, where completion looks for them.
    $global:completedSnapshot = Get-NetPolSnapshot $threeTier
    $global:completedObject = Get-ThreeTierObject
    $global:completedArray = $global:completedObject.items

    function Get-Completion {
        param([string] $Line)
        (TabExpansion2 $Line $Line.Length).CompletionMatches | ForEach-Object CompletionText
    }
}

AfterAll {
    Pop-Location
    Remove-Variable completedSnapshot, completedObject, completedArray -Scope Global
}

Describe 'Completion' {
    It 'offers workloads from <From>' -ForEach @(
        @{ From = 'a piped snapshot'; Line = '$completedSnapshot | Get-NetPolReachability -To ' }
        @{ From = 'piped objects'; Line = '$completedObject | Get-NetPolReachability -To ' }
        @{ From = 'a piped array'; Line = '$completedArray | Get-NetPolReachability -To ' }
        @{ From = 'a bound snapshot'; Line = 'Get-NetPolReachability -InputObject $completedSnapshot -From ' }
        @{ From = 'files'; Line = 'Get-NetPolReachability ./tests/manifests/three-tier -From ' }
        @{ From = 'a wildcard'; Line = 'Get-NetPolReachability ./tests/manifests/three-tier/*.yaml -To ' }
        @{ From = 'a literal path'; Line = 'Get-NetPolReachability -LiteralPath ./tests/manifests/three-tier.json -To ' }
        @{ From = 'the second item of a list'; Line = '$completedSnapshot | Get-NetPolReachability -To shop/web, ' }
    ) {
        Get-Completion $Line | Should -Be 'shop/api', 'shop/db', 'shop/web'
    }

    It 'goes by the beginning of namespace/name or of the name: <Word>' -ForEach @(
        @{ Word = 'shop/w' }
        @{ Word = 'w' }
        @{ Word = "'w" }
        @{ Word = 'SHOP/W' }
    ) {
        Get-Completion "`$completedSnapshot | Get-NetPolReachability -To $Word" | Should -Be 'shop/web'
    }

    It 'offers namespaces' {
        Get-Completion '$completedSnapshot | Get-NetPolReachability -Namespace ' | Should -Be 'shop'
    }

    It 'offers the values of <Parameter>' -ForEach @(
        @{ Parameter = 'By'; Expected = 'Namespace', 'Pod', 'Workload' }
        @{ Parameter = 'Protocol'; Expected = 'ICMP', 'Other', 'SCTP', 'TCP', 'UDP' }
    ) {
        Get-Completion "Get-NetPolReachability . -$Parameter " | Should -Be $Expected
    }

    It 'offers files for -Path and -LiteralPath' {
        Get-Completion 'Get-NetPolReachability ./tests/manifests/three-t' | Should -Contain (Join-Path . tests manifests three-tier.json)
        Get-Completion 'Get-NetPolSnapshot -LiteralPath ./tests/manifests/three-t' | Should -Contain (Join-Path . tests manifests three-tier)
    }

    It 'tells the kind in the tip' {
        $line = '$completedSnapshot | Get-NetPolReachability -To shop/db'
        (TabExpansion2 $line $line.Length).CompletionMatches.ToolTip | Should -Be 'Deployment'
    }

    It 'offers nothing and says nothing where the input is missing or broken' {
        $before = $Error.Count
        $broken = Join-Path $TestDrive 'broken.yaml'
        'kind: [' | Set-Content $broken
        foreach ($line in 'Get-NetPolReachability ./no-such-folder -To no', '$noSuchVariable | Get-NetPolReachability -To no',
            "Get-NetPolReachability $broken -To no") {
            Get-Completion $line | Should -BeNullOrEmpty
        }
        $Error.Count | Should -Be $before
    }
}

Describe 'Completion of what plugins know' {
    It 'offers entities and names where Cilium enforces' {
        $policies = Join-Path $TestDrive 'cilium.yaml'
        Set-Content $policies @'
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: web, namespace: shop}
spec: {endpointSelector: {}, egress: [{toFQDNs: [{matchPattern: "*.example.com"}]}]}
'@
        $global:completedCilium = Get-NetPolSnapshot (Join-Path $threeTier 'application.yaml'), $policies -WarningAction SilentlyContinue
        Get-Completion '$completedCilium | Get-NetPolReachability -To kube' | Should -Be 'kube-apiserver'
        Get-Completion '$completedCilium | Get-NetPolReachability -To fqdn' | Should -Be "'fqdn:*.example.com'"
        Get-Completion '$completedSnapshot | Get-NetPolReachability -To kube' | Should -BeNullOrEmpty
        Remove-Variable completedCilium -Scope Global
    }

    It 'offers labels that selectors of Calico ask for' {
        $global:completedCalico = Get-NetPolSnapshot (Join-Path $manifests 'calico')
        Get-Completion 'New-NetPolPeer -PodSelector app' | Should -Not -BeNullOrEmpty
        Remove-Variable completedCalico -Scope Global
    }
}

Describe 'Completion from the kubeconfig' {
    BeforeAll {
        $kubeconfig = $env:KUBECONFIG
        $env:KUBECONFIG = Join-Path $TestDrive 'config'
        @'
apiVersion: v1
kind: Config
contexts:
- name: prod
  context: {cluster: prod, namespace: payments, user: me}
- {name: staging eu, context: {cluster: staging, user: me}}
users:
- {name: me, user: {token: secret}}
current-context: prod
'@ | Set-Content $env:KUBECONFIG
        '{"contexts":[{"name":"other","context":{"namespace":"elsewhere"}}]}' | Set-Content (Join-Path $TestDrive 'other.json')

        # No kubectl: no cluster can be asked.
        $searchPath = $env:PATH
        $env:PATH = $TestDrive
    }

    AfterAll {
        $env:KUBECONFIG = $kubeconfig
        $env:PATH = $searchPath
    }

    It 'offers contexts' {
        Get-Completion 'Get-NetPolReachability -Context ' | Should -Be 'prod', "'staging eu'"
        Get-Completion 'Compare-NetPolReachability -ReferenceContext p' | Should -Be 'prod'
        Get-Completion "Get-NetPolSnapshot -Kubeconfig $(Join-Path $TestDrive other.json) -Context " | Should -Be 'other'
    }

    It 'offers contexts to <_>' -ForEach 'New-DefaultDenyPolicy', 'ConvertTo-NetPolPolicy', 'Test-NetPolReachability' {
        Get-Completion "$_ -Context p" | Should -Be 'prod'
    }

    It 'offers the namespaces of contexts' {
        Get-Completion 'Get-NetPolReachability -Context prod -Namespace p' | Should -Be 'payments'
        Get-Completion 'Test-NetPolReachability -Context prod -Namespace p' | Should -Be 'payments'
        Get-Completion 'New-DefaultDenyPolicy -Context prod -Namespace p' | Should -Be 'payments'
        Get-Completion 'ConvertTo-NetPolPolicy -Context prod -Namespace p' | Should -Be 'payments'
    }

    It 'offers nothing where there is no kubeconfig' {
        $env:KUBECONFIG = Join-Path $TestDrive 'none'
        Get-Completion 'Get-NetPolReachability -Context prod -Namespace p' | Should -BeNullOrEmpty
    }
}
