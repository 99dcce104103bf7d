BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $cni = Join-Path $manifests 'cni'
}

Describe 'Test-NetPolCniSupport' {
    It 'says <Answer> of <File>' -ForEach @(
        @{ File = 'calico'; Answer = $true }
        @{ File = 'canal'; Answer = $true }
        @{ File = 'kind-0.24'; Answer = $true }
        @{ File = 'microk8s-ha'; Answer = $true }
        @{ File = 'kind-0.23'; Answer = $false }
        @{ File = 'flannel'; Answer = $false }
        @{ File = 'kubenet'; Answer = $false }
        @{ File = 'microk8s-single'; Answer = $false }
        @{ File = 'calico-not-ready'; Answer = $false }
        @{ File = 'k3s-without-policies'; Answer = $false }
    ) {
        Test-NetPolCniSupport (Join-Path $cni "$File.yaml") | Should -Be $Answer
    }

    It 'gives an error where the input does not tell, and no answer' {
        { Test-NetPolCniSupport (Join-Path $cni 'nothing-known.yaml') -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'CniUnknown,*'
    }

    It 'gives <Answer> for what is not known where -Unknown says so' -ForEach @(@{ Answer = $true }, @{ Answer = $false }) {
        Test-NetPolCniSupport (Join-Path $cni 'nothing-known.yaml') -Unknown "$Answer" | Should -Be $Answer
    }

    It 'reports policies of the namespaces asked about' {
        Test-NetPolCniSupport $threeTier -Plugin Flannel -Namespace sh* -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeFalse
        "$warnings" | Should -BeLike '*None of the 4 NetworkPolicies*'
        $problem = { Test-NetPolCniSupport $threeTier -Plugin Flannel -Namespace other -ErrorAction SilentlyContinue } |
            Should -Throw -ErrorId 'NoMatch,*' -PassThru
        "$problem" | Should -BeLike '*namespace*other*'
    }

    It 'answers about a feature' {
        Test-NetPolCniSupport (Join-Path $cni 'cilium.yaml') -Feature EndPort, Egress | Should -BeTrue
        Test-NetPolCniSupport (Join-Path $cni 'cilium-old.yaml') -Feature EndPort | Should -BeFalse
        Test-NetPolCniSupport (Join-Path $cni 'calico.yaml') -Feature IPv6 | Should -BeFalse
        Test-NetPolCniSupport (Join-Path $cni 'weave.yaml') -Feature NamedPort | Should -BeFalse
        Test-NetPolCniSupport -Plugin Cilium@1.17 -Feature EndPort | Should -BeTrue
    }

    It 'warns of a feature that works in part' {
        Test-NetPolCniSupport (Join-Path $cni 'azure-npm.yaml') -Feature NamedPort -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeTrue
        "$warnings" | Should -BeLike '*on Windows nodes*'
    }

    It 'needs no input for a plugin that is named' {
        Test-NetPolCniSupport -Plugin Calico | Should -BeTrue
        Test-NetPolCniSupport -Plugin flannel | Should -BeFalse
    }

    It 'lists the policies that do not work as written' {
        $answer = Get-ChildItem $threeTier | Test-NetPolCniSupport -Plugin Weave -WarningVariable warnings -WarningAction SilentlyContinue
        $answer | Should -BeTrue
        "$warnings" | Should -BeLike '*policies.yaml:*NetworkPolicy shop/web: spec.ingress`[0`].ports`[0`].port: Weave Net: *'
    }

    It 'says that no policy has an effect where nothing enforces' {
        Get-ChildItem $threeTier | Test-NetPolCniSupport -Plugin Flannel -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeFalse
        "$warnings" | Should -BeLike 'None of the * NetworkPolicies of the input has an effect: Flannel*'
    }

    It 'takes what kubectl gives' {
        @{
            apiVersion = 'v1'; kind = 'List'; items = @(
                @{ apiVersion = 'v1'; kind = 'Node'; metadata = @{ name = 'a' } }
                @{
                    apiVersion = 'apps/v1'; kind = 'DaemonSet'; metadata = @{ name = 'cilium'; namespace = 'kube-system' }
                    spec = @{ template = @{ spec = @{ containers = @(@{ name = 'cilium-agent'; image = 'quay.io/cilium/cilium:v1.16.1' }) } } }
                    status = @{ desiredNumberScheduled = 1; numberReady = 1 }
                }
                @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'cilium-config'; namespace = 'kube-system' };
                    data = @{ 'enable-policy' = 'never' } }
            )
        } | ConvertTo-Json -Depth 20 | ConvertFrom-Json | Test-NetPolCniSupport | Should -BeFalse
    }

    It 'refuses a plugin that it does not know, with those it does' {
        { Test-NetPolCniSupport -Plugin Flanel } | Should -Throw '*no plugin ''Flanel''. Did you mean Flannel?'
    }
}

Describe 'Get-NetPolCniSupport' {
    It 'tells plugin, version, layers and evidence' {
        $support = Get-NetPolCniSupport (Join-Path $cni 'flannel-with-kube-network-policies.yaml')
        $support.Plugin | Should -Be 'Flannel 0.25.6 + kube-network-policies 0.9.0'
        "$($support.Enforced)" | Should -Be 'Yes'
        $support.Connectivity | Should -Be 'Flannel'
        $support.Engine | Should -Be 'kube-network-policies'
        $support.Ready | Should -Be '1/1'
        "$($support.Evidence[0].Object)" | Should -Be 'DaemonSet kube-flannel/kube-flannel-ds'
        $support.Evidence[0].Source | Should -Not -BeNullOrEmpty
    }

    It 'takes a snapshot' {
        (Get-NetPolSnapshot (Join-Path $cni 'canal.yaml') | Get-NetPolCniSupport).Engine | Should -Be 'Canal'
    }

    It 'shows itself as a list with what matters' {
        $text = Get-NetPolCniSupport (Join-Path $cni 'flannel-with-leftover-calico.yaml') | Out-String -Width 300
        $text | Should -BeLike '*Enforced*: No*'
        $text | Should -BeLike '*DaemonSet kube-flannel/kube-flannel-ds (1 of 1 ready)*'
        $text | Should -BeLike '*hint: CustomResourceDefinition felixconfigurations.crd.projectcalico.org*'
        $text | Should -BeLike '*Advice*: Flannel only connects pods.*'
    }

    It 'lists the table that people search for' {
        $list = Get-NetPolCniSupport -List
        ($list | Where-Object Plugin -EQ Flannel).Enforces | Should -BeLike 'no*'
        ($list | Where-Object Plugin -EQ kubenet).Enforces | Should -Be 'no'
        ($list | Where-Object Plugin -EQ Calico).Enforces | Should -Be 'yes'
        ($list | Where-Object Plugin -EQ Cilium).PolicyKinds | Should -Contain 'ciliumnetworkpolicies.cilium.io'
        $list | Out-String -Width 200 | Should -Match '(?m)^Flannel\s+no; with kube-network-policies beside it, yes'
    }

    It 'tells the limits of a version' {
        $limit = (Get-NetPolCniSupport -Plugin Cilium@1.15).Limits | Where-Object Feature -EQ EndPort
        "$($limit.Support)" | Should -Be 'No'
    }

    It 'completes the names of plugins' {
        (TabExpansion2 'Get-NetPolCniSupport -Plugin Fl').CompletionMatches.CompletionText | Should -Be 'Flannel'
        (TabExpansion2 'Get-NetPolReachability x -Cni Weave').CompletionMatches.CompletionText | Should -Be "'Weave Net'"
        (TabExpansion2 'Get-NetPolReachability x -Cni Enf').CompletionMatches.CompletionText | Should -Be 'Enforcing'
    }
}

Describe 'Reachability on a network plugin' {
    It 'is what is really open where the plugin does not enforce, with a warning' {
        $lines = Get-NetPolReachability $threeTier -Cni Flannel -From web -To db -WarningVariable warnings -WarningAction SilentlyContinue | Get-Line
        $lines | Should -Be 'shop/web -> shop/db: All'
        "$warnings" | Should -BeLike 'Flannel does not enforce NetworkPolicies*'
    }

    It 'goes by the plugin that the input shows, and names the evidence' {
        $lines = Get-NetPolReachability $threeTier, (Join-Path $cni 'flannel.yaml') -From web -To db -WarningVariable warnings -WarningAction SilentlyContinue |
            Get-Line
        $lines | Should -Be 'shop/web -> shop/db: All'
        "$warnings" | Should -BeLike 'Flannel 0.25.6*DaemonSet kube-flannel/kube-flannel-ds*'
    }

    It 'is what policies say with -Cni Enforcing' {
        Get-NetPolReachability $threeTier, (Join-Path $cni 'flannel.yaml') -Cni Enforcing -From web -To db | Should -BeNullOrEmpty
    }

    It 'is tested on a plugin too' {
        Test-NetPolReachability $threeTier -From shop/web -To shop/db -Cni Calico | Should -BeFalse
        Test-NetPolReachability $threeTier -From shop/web -To shop/db -Cni kubenet -WarningAction SilentlyContinue | Should -BeTrue
    }

    It 'carries a note where the plugin ignores what a policy uses, and -Explain says it' {
        $objects = (New-Pod web -Label @{ app = 'web' }), (New-Pod db -Label @{ app = 'db' }), (New-Policy -Spec @{
                podSelector = @{ matchLabels = @{ app = 'db' } }
                ingress = @(@{ from = @(@{ podSelector = @{ matchLabels = @{ app = 'web' } } }); ports = @(@{ port = 1; endPort = 9 }) })
            })
        $connection = $objects | Get-NetPolReachability -Cni Cilium@1.15 -From web -To db -Explain
        $connection.Notes | Should -BeLike 'default/policy spec.ingress`[0`].ports`[0`].endPort: Cilium 1.15: endPort is ignored*'
        "$($connection.Explanation)" | Should -BeLike '*note: default/policy spec.ingress`[0`].ports`[0`].endPort: Cilium 1.15*'
        ($objects | Get-NetPolReachability -Cni Cilium@1.17 -From web -To db).Notes | Should -BeNullOrEmpty
    }

    It 'may be asked again of a snapshot' {
        $snapshot = Get-NetPolSnapshot $threeTier, (Join-Path $cni 'flannel.yaml')
        foreach ($time in 1..2) {
            ($snapshot | Get-NetPolReachability -From web -To db -WarningAction SilentlyContinue).Ports | Should -Be 'All'
            $snapshot | Get-NetPolReachability -From web -To db -Cni Enforcing | Should -BeNullOrEmpty
        }
    }
}
